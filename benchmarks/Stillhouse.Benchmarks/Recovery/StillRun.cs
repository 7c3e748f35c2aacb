using System.Diagnostics;

namespace Stillhouse.Benchmarks.Recovery;

/// <summary>The real <c>still run</c> as a process.</summary>
internal sealed class StillRun : IDisposable
{
    private readonly List<string> _said = [];
    private readonly string _output;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Process _process;

    /// <param name="output">The folder for the results.</param>
    /// <param name="nodes">The text of <c>--nodes</c>; null for everything in one process.</param>
    public StillRun(string spec, string output, string? nodes, TimeProvider time)
    {
        (_output, _time, _started) = (output, time, time.GetTimestamp());
        string[] placement = nodes is null ? [] : ["--nodes", nodes];
        _process = Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "still"), ["run", spec, "--out", output, .. placement])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
    }

    /// <summary>Reads what the run says to its end.</summary>
    /// <param name="heard">Told every line.</param>
    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public async Task<StillResult> ToTheEndAsync(Action<string> heard, CancellationToken cancellation)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            _said.Add(line);
            heard(line);
        }

        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode == 0
            ? StillResult.Read(_output, _time.GetElapsedTime(_started))
            : throw new InvalidOperationException(
                $"The run ended with exit code {_process.ExitCode}:{Environment.NewLine}{string.Join(Environment.NewLine, _said.TakeLast(20))}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
