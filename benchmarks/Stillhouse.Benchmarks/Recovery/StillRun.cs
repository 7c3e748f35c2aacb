using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Stillhouse.Benchmarks.Recovery;

/// <summary>The real <c>still run</c> as a process.</summary>
internal static class StillRun
{
    /// <summary>Runs to the end, undisturbed.</summary>
    /// <param name="nodes">The text of <c>--nodes</c>; null for everything in one process.</param>
    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public static async Task<StillResult> ToTheEndAsync(string spec, string output, string? nodes, CancellationToken cancellation)
    {
        using var still = Start(spec, output, nodes);
        var said = new List<string>();
        while (await still.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            said.Add(line);
        }

        return await ResultAsync(still, output, said, cancellation);
    }

    public static Process Start(string spec, string output, string? nodes)
    {
        string[] placement = nodes is null ? [] : ["--nodes", nodes];
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "still"), ["run", spec, "--out", output, .. placement])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }

    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public static async Task<StillResult> ResultAsync(Process still, string output, IReadOnlyList<string> said, CancellationToken cancellation)
    {
        await still.WaitForExitAsync(cancellation);
        return still.ExitCode == 0
            ? StillResult.Read(output, TimeProvider.System.GetLocalNow() - still.StartTime)
            : throw new InvalidOperationException(
                $"The run ended with exit code {still.ExitCode}:{Environment.NewLine}{string.Join(Environment.NewLine, said.TakeLast(20))}");
    }
}

/// <summary>What a run left behind.</summary>
/// <param name="Weights">The digest of every network that it trained, by name.</param>
internal sealed record StillResult(IReadOnlyDictionary<string, string> Weights, TimeSpan Elapsed)
{
    public static StillResult Read(string output, TimeSpan elapsed)
    {
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "report.json")))!;
        var weights = new Dictionary<string, string> { ["baseline"] = Digest(report["baseline"]) };
        foreach (var teacher in report["teachers"]!.AsArray())
        {
            weights[teacher!["name"]!.GetValue<string>()] = Digest(teacher);
        }

        foreach (var trial in report["sweep"]!["trials"]!.AsArray())
        {
            weights[trial!["trial"]!.GetValue<string>()] = Digest(trial);
        }

        return new StillResult(weights, elapsed);
    }

    private static string Digest(JsonNode? network) => network?["digest"]?.GetValue<string>() ?? "none";
}
