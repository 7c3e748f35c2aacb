namespace Stillhouse.Orchestration.Plans;

/// <summary>A plan as a Mermaid flowchart: a box around every level, an arrow for everything that is handed on, dotted while it is learnt.</summary>
public static class PlanMermaid
{
    public static IEnumerable<string> Lines(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var outline = PlanOutline.Of(plan);
        // Not the stages' own names: some words, such as end, mean something to Mermaid.
        var ids = outline.Entries.Select((entry, position) => (entry, id: $"s{position + 1}")).ToDictionary(pair => pair.entry, pair => pair.id);
        return
        [
            "flowchart LR",
            .. outline.Levels.SelectMany((level, depth) => Box(level, depth + 1, ids)),
            .. from entry in outline.Entries
               from before in outline.Before(entry)
               select $"  {ids[before]} -- {before.HandsOnTo(entry)} --> {ids[entry]}",
            .. from entry in outline.Entries
               from other in outline.Beside(entry)
               select $"  {ids[other]} -. soft targets .-> {ids[entry]}",
        ];
    }

    private static IEnumerable<string> Box(IReadOnlyList<OutlineEntry> level, int depth, Dictionary<OutlineEntry, string> ids) =>
    [
        $"  subgraph level{depth} [level {depth}]",
        .. level.Select(entry => $"    {ids[entry]}[\"{Caption(entry)}\"]"),
        "  end",
    ];

    /// <summary>Some stages are named after their kind.</summary>
    private static string Caption(OutlineEntry entry) =>
        string.Join("<br/>", new[] { entry.Label, entry.KindName }.Distinct());
}
