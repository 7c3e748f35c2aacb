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
    private volatile string? _firstError;

    private NodeProcess(string name, Process process, string errorFile)
    {
        Name = name;
        _process = process;
        _errorFile = errorFile;
        process.ErrorDataReceived += (_, line) => KeepError(line.Data);
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public int ProcessId => _process.Id;

    public static NodeProcess Start(NodeOptions options, string logFile)
    {
        var start = Self.StartInfo([.. new NodeArguments().Write(options, logFile)]);
        start.RedirectStandardInput = true;
        start.RedirectStandardError = true;
        return new NodeProcess(options.Name, Process.Start(start)!, Path.ChangeExtension(logFile, ".stderr"));
    }

    /// <summary>Completes with the reason in one line when the process ends, for whatever cause.</summary>
    public async Task<string> EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        var how = _process.ExitCode > 128 ? $"was killed by signal {_process.ExitCode - 128}" : $"ended with exit code {_process.ExitCode}";
        return _firstError is { } error ? $"node {Name} {how}: {error}" : $"node {Name} {how}";
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

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
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void KeepError(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            _firstError ??= line;
            File.AppendAllLines(_errorFile, [line]);
        }
    }
}
