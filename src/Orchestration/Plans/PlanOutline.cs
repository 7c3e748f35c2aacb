using System.Text.RegularExpressions;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Orchestration.Plans;

/// <summary>A plan as people read it: level by level, many stages that only a number tells apart as one entry.</summary>
public sealed partial class PlanOutline
{
    /// <summary>Stages that are still listed one by one.</summary>
    private const int Handful = 5;

    private PlanOutline(IReadOnlyList<IReadOnlyList<OutlineEntry>> levels) => Levels = levels;

    public IReadOnlyList<IReadOnlyList<OutlineEntry>> Levels { get; }

    /// <summary>All entries, in the order of the plan within their level.</summary>
    public IEnumerable<OutlineEntry> Entries => Levels.SelectMany(level => level);

    public static PlanOutline Of(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var followers = plan.Stages.SelectMany(stage => stage.After, (stage, before) => (before, stage.Name)).ToLookup(
            pair => pair.before, pair => pair.Name);
        var levels = plan.Levels().Select(level => level
            .GroupBy(stage => (Number().Replace(stage.Name, ""), stage.Kind, Join(stage.After), Join(followers[stage.Name])))
            .SelectMany(family => EntriesOf([.. family])));
        return new PlanOutline([.. levels.Select(level => level.ToArray())]);
    }

    /// <summary>The entries whose results an entry needs.</summary>
    public IEnumerable<OutlineEntry> Before(OutlineEntry entry) =>
        Entries.Where(other => entry.Stages[0].After.Contains(other.Stages[0].Name));

    private static IEnumerable<OutlineEntry> EntriesOf(Stage[] family) =>
        family.Length > Handful ? [new OutlineEntry(family)] : family.Select(stage => new OutlineEntry([stage]));

    private static string Join(IEnumerable<string> names) => string.Join(' ', names);

    [GeneratedRegex(@"\d+$")]
    private static partial Regex Number();
}

/// <summary>One stage, or many that need the same and are needed by the same.</summary>
public sealed record OutlineEntry(IReadOnlyList<Stage> Stages)
{
    public StageKind Kind => Stages[0].Kind;

    /// <summary><c>student</c>, or <c>teacher-1 … teacher-64 (64)</c>.</summary>
    public string Label => Stages is [var only] ? only.Name : $"{Stages[0].Name} … {Stages[^1].Name} ({Stages.Count})";

    /// <summary>What is left once it has ended.</summary>
    public string Yields => Kind switch
    {
        StageKind.Train => "weights, soft targets",
        StageKind.Baseline or StageKind.Distill => "weights",
        StageKind.Evaluate => "report",
        _ => throw new InvalidOperationException($"No stage is known as {Kind}."),
    };

    /// <summary>What the stages that follow take of it: of a teacher its answers, of a student its weights.</summary>
    public string HandsOn => Kind == StageKind.Train ? "soft targets" : Yields;
}
