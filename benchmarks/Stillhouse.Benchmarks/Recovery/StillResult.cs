using System.Text.Json.Nodes;

namespace Stillhouse.Benchmarks.Recovery;

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
