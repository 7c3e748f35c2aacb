using System.Diagnostics;
using Stillhouse.Cli.Nodes;
using Stillhouse.Hosting;

namespace Stillhouse.Cli.Running;

/// <summary>A node in a process of its own, which ends with this one.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly string _errorFile;
    private readonly Action<string> _note;
    private readonly Lock _gate = new();
    private volatile string? _firstError;
    private bool _disposed;

    private NodeProcess(NodeOptions options, Process process, string errorFile, Action<string> note)
    {
        (Name, Port) = (options.Name, options.Port);
        (_process, _errorFile, _note) = (process, errorFile, note);
        process.ErrorDataReceived += (_, line) => KeepError(line.Data);
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    /// <summary>Of the control plane.</summary>
    public int Port { get; }

    /// <param name="note">Told what a person should know.</param>
    public static NodeProcess Start(NodeOptions options, string logFile, Action<string> note)
    {
        var start = Self.StartInfo([.. new NodeArguments().Write(options, logFile)]);
        if (options.Ledger is not null)
        {
            start.Environment[LedgerArgument.Variable] = options.Ledger;
        }

        start.RedirectStandardInput = true;
        start.RedirectStandardError = true;
        var node = new NodeProcess(options, Process.Start(start)!, Path.ChangeExtension(logFile, ".stderr"), note);
        note($"started {node.Name} (process {node._process.Id}, port {options.Port})");
        return node;
    }

    /// <summary>Completes with the reason in one line when the process ends, for whatever cause.</summary>
    public async Task<string> EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        var how = _process.ExitCode > 128 ? $"was killed by signal {_process.ExitCode - 128}" : $"ended with exit code {_process.ExitCode}";
        return _firstError is { } error ? $"node {Name} {how}: {error}" : $"node {Name} {how}";
    }

    /// <summary>Ends the process at once; does nothing if it has ended.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Asks the node to stop by ending its standard input, and kills it when it has not in time.</summary>
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
            _note($"{Name} did not stop within {Grace.TotalSeconds} s and is killed");
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        lock (_gate)
        {
            _disposed = true;
            _process.Dispose();
        }
    }

    private void KeepError(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            _firstError ??= line;
            Append(line);
        }
    }

    /// <summary>Runs on a thread of the pool, where an exception would end this process.</summary>
    private void Append(string line)
    {
        try
        {
            File.AppendAllLines(_errorFile, [line]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _note($"{Name}: {line} (not kept in {_errorFile}: {e.Message})");
        }
    }
}
