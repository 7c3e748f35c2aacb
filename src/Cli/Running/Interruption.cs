using System.Runtime.InteropServices;

namespace Stillhouse.Cli.Running;

/// <summary>
/// What Ctrl+C means: the first asks for an orderly end, the second ends everything at once. SIGTERM, and SIGHUP
/// from a terminal that was closed, count the same.
/// </summary>
public sealed class Interruption : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly CancellationTokenSource _asked = new();
    private readonly Lock _gate = new();
    private readonly List<Action> _kills = [];
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="asked">Told once, when an orderly end has been asked for.</param>
    public Interruption(Action asked)
    {
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, context => Handle(context, asked)))];
    }

    /// <summary>Cancelled when an orderly end has been asked for.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>What to do before the process exits at once; the last one added is done first.</summary>
    public void OnKill(Action kill)
    {
        lock (_gate)
        {
            _kills.Add(kill);
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _asked.Dispose();
    }

    private void Handle(PosixSignalContext signal, Action asked)
    {
        signal.Cancel = true;
        lock (_gate)
        {
            if (_asked.IsCancellationRequested)
            {
                KillAndExit();
            }
        }

        _asked.Cancel();
        asked();
    }

    private void KillAndExit()
    {
        foreach (var kill in Enumerable.Reverse(_kills))
        {
            Try(kill);
        }

        Environment.Exit(ExitCode.Interrupted);
    }

    /// <summary>What cannot be undone any more must not hold up the rest, or the exit.</summary>
    private static void Try(Action kill)
    {
        try
        {
            kill();
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(e.Message);
        }
    }
}
