using System.Diagnostics;

namespace Stillhouse.Benchmarks.Peers;

/// <summary>This program once more, as a peer; it ends with this process, whatever ends this one.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    /// <summary>The first argument of a peer.</summary>
    public const string Command = "peer";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly string _kind;
    private readonly Process _process;

    private PeerProcess(string kind, Process process) => (_kind, _process) = (kind, process);

    /// <inheritdoc cref="IPeer.Address"/>
    public string Address { get; private set; } = "";

    /// <summary>Starts a peer and waits until it says where it is. What it has to complain about goes to standard error.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static async Task<PeerProcess> StartAsync(string kind, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var program = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(PeerProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. assembly, Command, kind, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var peer = new PeerProcess(kind, Process.Start(start)!);
        try
        {
            peer.Address = await peer.ReadAsync(cancellation);
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks one line and returns the answer, also one line.</summary>
    /// <exception cref="InvalidOperationException">The peer ended instead.</exception>
    public async Task<string> AskAsync(string question, CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync(question.AsMemory(), cancellation);
        await _process.StandardInput.FlushAsync(cancellation);
        return await ReadAsync(cancellation);
    }

    /// <summary>Asks the peer to end by ending its standard input, and kills it when it has not in time.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(Grace);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<string> ReadAsync(CancellationToken cancellation) =>
        await _process.StandardOutput.ReadLineAsync(cancellation)
        ?? throw new InvalidOperationException($"The {_kind} process ended in the middle of the benchmark; its errors are above.");
}
