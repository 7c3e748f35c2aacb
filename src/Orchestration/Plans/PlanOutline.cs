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
            .GroupBy(stage => (Number().Replace(stage.Name, ""), stage.Kind, $"{stage.Asked}", Join(stage.After), Join(followers[stage.Name])))
            .SelectMany(family => EntriesOf([.. family], plan.Teaches(family.First()) || family.First().Companions.Count > 0)));
        return new PlanOutline([.. levels.Select(level => level.ToArray())]);
    }

    /// <summary>The entries whose results an entry needs.</summary>
    public IEnumerable<OutlineEntry> Before(OutlineEntry entry) =>
        Entries.Where(other => entry.Stages[0].After.Contains(other.Stages[0].Name));

    /// <summary>The entries that it learns beside.</summary>
    public IEnumerable<OutlineEntry> Beside(OutlineEntry entry) =>
        Entries.Where(other => other.Stages.Any(stage => entry.Stages[0].Companions.Contains(stage.Name)));

    private static IEnumerable<OutlineEntry> EntriesOf(Stage[] family, bool teaches) =>
        family.Length > Handful ? [new OutlineEntry(family, teaches)] : family.Select(stage => new OutlineEntry([stage], teaches));

    private static string Join(IEnumerable<string> names) => string.Join(' ', names);

    [GeneratedRegex(@"\d+$")]
    private static partial Regex Number();
}

/// <summary>One stage, or many that need the same and are needed by the same.</summary>
/// <param name="Teaches">Whether their networks are asked for soft targets.</param>
public sealed record OutlineEntry(IReadOnlyList<Stage> Stages, bool Teaches)
{
    private const string Weights = "weights";
    private const string SoftTargets = "soft targets";

    public StageKind Kind => Stages[0].Kind;

    /// <summary>The kind in words.</summary>
    public string KindName => Kind == StageKind.CoTrain ? "co-train" : Kind.ToString().ToLowerInvariant();

    /// <summary><c>student</c>, or <c>teacher-1 … teacher-64 (64)</c>.</summary>
    public string Label => Stages is [var only] ? only.Name : $"{Stages[0].Name} … {Stages[^1].Name} ({Stages.Count})";

    /// <summary>What is left once it has ended.</summary>
    public string Yields => Kind switch
    {
        StageKind.Train or StageKind.Baseline or StageKind.Distill or StageKind.CoTrain => Teaches ? $"{Weights}, {Taught}" : Weights,
        StageKind.Evaluate => "report",
        _ => throw new InvalidOperationException($"No stage is known as {Kind}."),
    };

    private string Taught => Stages[0].Asked is { } asked ? $"{SoftTargets} with {asked}" : SoftTargets;

    /// <summary>What a stage that follows takes of it: its answers, or its weights.</summary>
    public string HandsOnTo(OutlineEntry follower) => follower.Stages[0].Teachers.Contains(Stages[0].Name) ? SoftTargets : Weights;
}
