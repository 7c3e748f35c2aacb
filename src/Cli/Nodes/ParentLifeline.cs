using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stillhouse.Cli.Nodes;

/// <summary>
/// Ties a node to the process that started it: it stops when its standard input ends, which happens however the parent
/// dies. Ctrl+C reaches all processes of a terminal at once; here the parent decides what it means.
/// </summary>
internal sealed class ParentLifeline(IHostApplicationLifetime lifetime, ILogger<ParentLifeline> log) : IHostLifetime, IDisposable
{
    /// <summary>How long an orderly stop may take when nobody is left to enforce one.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private PosixSignalRegistration? _interrupt;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        new Thread(StopWhenInputEnds) { IsBackground = true, Name = "parent-lifeline" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _interrupt?.Dispose();

    private void StopWhenInputEnds()
    {
        using var input = Console.OpenStandardInput();
        input.CopyTo(Stream.Null);
        log.LogInformation("Standard input ended: stopping.");
        using var stopped = new ManualResetEventSlim();
        using var registration = lifetime.ApplicationStopped.Register(stopped.Set);
        lifetime.StopApplication();
        if (!stopped.Wait(Grace))
        {
            Environment.Exit(ExitCode.RunFailed);
        }
    }
}
