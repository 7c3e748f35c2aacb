using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Stillhouse.Benchmarks.Recovery;

/// <summary>A run whose nodes were killed one after the other.</summary>
internal sealed partial record DisturbedRun(int Kills, StillResult Result, RunLogs Log)
{
    public static async Task<DisturbedRun> ExecuteAsync(
        string spec, string output, string nodes, KillMoments moments, int mostKills, Session session)
    {
        using var still = new StillRun(spec, output, nodes, session.Time);
        var processes = new Dictionary<string, int>();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(session.Cancellation);
        var killing = Task.Run(() => KillAsync(processes, moments, mostKills, session, ended.Token), CancellationToken.None);
        var result = await still.ToTheEndAsync(line => Note(processes, line), session.Cancellation);
        await ended.CancelAsync();
        return new DisturbedRun(await killing, result, RunLogs.Read(Path.Combine(output, "logs")));
    }

    /// <summary>Keeps which process is a node now.</summary>
    private static void Note(Dictionary<string, int> processes, string line)
    {
        if (StartedLine().Match(line) is { Success: true } started)
        {
            lock (processes)
            {
                processes[started.Groups["name"].Value] = int.Parse(started.Groups["pid"].ValueSpan, CultureInfo.InvariantCulture);
            }
        }
    }

    /// <returns>How many were killed before the run ended.</returns>
    private static async Task<int> KillAsync(
        Dictionary<string, int> processes, KillMoments moments, int mostKills, Session session, CancellationToken ended)
    {
        var kills = 0;
        try
        {
            while (kills < mostKills)
            {
                var (node, after) = moments.Next();
                await Task.Delay(after, session.Time, ended);
                if (TryKill(processes, node))
                {
                    kills++;
                    session.Say($"kill {kills}: {node}");
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }

        return kills;
    }

    /// <summary>False where the node is not there at the moment.</summary>
    private static bool TryKill(Dictionary<string, int> processes, string node)
    {
        lock (processes)
        {
            if (!processes.Remove(node, out var id))
            {
                return false;
            }

            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
                return true;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                return false;
            }
        }
    }

    [GeneratedRegex(@"started (?<name>\S+) \(process (?<pid>\d+), port \d+\)")]
    private static partial Regex StartedLine();
}
