using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Stillhouse.Cluster.Tests.Processes;

/// <summary>The real <c>still</c> as a process, with its output line by line.</summary>
internal sealed partial class StillProcess : IAsyncDisposable
{
    /// <summary>Far more than anything here takes; a test that waits so long has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];
    private readonly CancellationTokenSource _patience = new(Patience);

    private StillProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The nodes that the command has said it started, by name; of one started again, the latest process.</summary>
    public IReadOnlyDictionary<string, StartedNode> Nodes =>
        _seen.Select(line => StartedLine().Match(line))
            .Where(match => match.Success)
            .GroupBy(match => match.Groups["name"].Value, match => new StartedNode(Number(match, "pid"), Number(match, "port")))
            .ToDictionary(node => node.Key, node => node.Last());

    /// <summary>Everything printed so far, for messages of failed assertions.</summary>
    public string Output => string.Join(Environment.NewLine, _seen);

    public static StillProcess Start(params IEnumerable<string> arguments)
    {
        // Whoever runs the tests in the background may have them ignore signals (nohup does), and that is handed down.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,HUP", Path.Combine(AppContext.BaseDirectory, "still"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return new StillProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params IEnumerable<string> arguments)
    {
        await using var still = Start(arguments);
        return (await still.ExitAsync(), still.Output);
    }

    /// <summary>Runs to the end and requires success.</summary>
    public static async Task SucceedAsync(params IEnumerable<string> arguments)
    {
        await using var still = Start(arguments);
        (await still.ExitAsync()).ShouldBe(0, still.Output);
    }

    /// <summary>Reads on until a line contains <paramref name="text"/>.</summary>
    public async Task ReadUntilAsync(string text)
    {
        while (await NextAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"No line contains '{text}':{Environment.NewLine}{Output}");
    }

    public void Signal(UnixSignal signal) => UnixProcess.Signal(_process.Id, signal);

    /// <summary>The exit code, once the process has ended and its output has been read.</summary>
    public async Task<int> ExitAsync()
    {
        var exit = _process.WaitForExitAsync(_patience.Token);
        await exit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (_lines.Reader.TryRead(out var line))
        {
            _seen.Add(line);
        }

        return exit.IsCompletedSuccessfully ? _process.ExitCode : throw OutOfPatience("its end");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _patience.Dispose();
    }

    private async Task<string?> NextAsync()
    {
        try
        {
            if (!await _lines.Reader.WaitToReadAsync(_patience.Token))
            {
                return null;
            }
        }
        catch (OperationCanceledException)
        {
            throw OutOfPatience("its next line");
        }

        var line = await _lines.Reader.ReadAsync();
        _seen.Add(line);
        return line;
    }

    private TimeoutException OutOfPatience(string what) =>
        new($"Waited {Patience} for {what}. The last of what it said:{Environment.NewLine}{string.Join(Environment.NewLine, _seen.TakeLast(20))}");

    private void Take(string? line)
    {
        if (line is not null)
        {
            _lines.Writer.TryWrite(line);
        }
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"started (?<name>\S+) \(process (?<pid>\d+), port (?<port>\d+)\)")]
    private static partial Regex StartedLine();
}

/// <summary>A node process and its control-plane port.</summary>
internal sealed record StartedNode(int ProcessId, int Port);
