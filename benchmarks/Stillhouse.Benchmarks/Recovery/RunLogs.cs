using System.Globalization;
using System.Text.RegularExpressions;

namespace Stillhouse.Benchmarks.Recovery;

/// <summary>What the logs of a run's nodes say about it.</summary>
/// <param name="Ends">How often each student's trial came to its end, on any node.</param>
/// <param name="Lost">Facts that a coordinator had recorded and the one after it did not find.</param>
internal sealed partial record RunLogs(IReadOnlyDictionary<string, int> Ends, int Lost)
{
    /// <param name="folder">Holds the logs of one run, in a folder of its name.</param>
    public static RunLogs Read(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*.log", SearchOption.AllDirectories).ToArray();
        var ends = files
            .SelectMany(File.ReadLines)
            .Select(line => EndLine().Match(line))
            .Where(match => match.Success && match.Groups["trial"].Value != "evaluate")
            .CountBy(match => match.Groups["trial"].Value)
            .ToDictionary();
        return new RunLogs(ends, files.Where(file => Path.GetFileName(file).StartsWith("coordinator", StringComparison.Ordinal)).Sum(Missing));
    }

    /// <summary>Every fact is logged when it is durable, and every coordinator that begins anew logs how many it found.</summary>
    private static int Missing(string file)
    {
        var (recorded, missing) = (0, 0);
        foreach (var line in File.ReadLines(file))
        {
            if (FoundLine().Match(line) is { Success: true } found)
            {
                var facts = int.Parse(found.Groups["facts"].ValueSpan, CultureInfo.InvariantCulture);
                missing += Math.Max(0, recorded - facts);
                recorded = facts;
            }
            else if (FactLine().IsMatch(line))
            {
                recorded++;
            }
        }

        return missing;
    }

    [GeneratedRegex(@"/(?<trial>[\w.-]+) has come to its end")]
    private static partial Regex EndLine();

    [GeneratedRegex(@"goes on from fact (?<facts>\d+)")]
    private static partial Regex FoundLine();

    [GeneratedRegex(@"(INF|WRN) \S+ (Run|Trial|Replica)\w+ \{ ")]
    private static partial Regex FactLine();
}
