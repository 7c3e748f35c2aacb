namespace Stillhouse.Orchestration.Plans;

/// <summary>A plan as a table of levels.</summary>
public static class PlanText
{
    /// <summary>Names of stages that are still listed one by one where a stage needs them.</summary>
    private const int Listed = 6;

    private const string Gap = "  ";

    /// <summary>A heading, an empty line, and a row for every stage or for many that only a number tells apart.</summary>
    public static IEnumerable<string> Lines(string name, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var outline = PlanOutline.Of(plan);
        string[][] rows = [["level", "stage", "kind", "yields", "after"], .. outline.Levels.SelectMany((level, depth) => Rows(outline, level, depth + 1))];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return
        [
            $"{name}: {plan.Stages.Count} stages on {outline.Levels.Count} levels; those of one level can run side by side",
            "",
            .. rows.Select(row => string.Join(Gap, row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd()),
        ];
    }

    /// <summary>A level's number stands at its first row only.</summary>
    private static IEnumerable<string[]> Rows(PlanOutline outline, IReadOnlyList<OutlineEntry> level, int depth) =>
        level.Select((entry, row) => new[]
        {
            row == 0 ? $"{depth}" : "",
            entry.Label,
            entry.KindName,
            entry.Yields,
            entry.Stages[0].Companions.Count > 0 ? $"beside {Names(outline.Beside(entry))}" : Names(outline.Before(entry)),
        });

    private static string Names(IEnumerable<OutlineEntry> entries)
    {
        var labels = entries.Select(entry => entry.Label).ToArray();
        return labels.Length > Listed
            ? $"{string.Join(", ", labels.Take(Listed - 1))} and {labels.Length - Listed + 1} more"
            : string.Join(", ", labels);
    }
}
