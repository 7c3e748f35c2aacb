using Stillhouse.Messages.Runs;

namespace Stillhouse.Orchestration.Plans;

/// <summary>The DAG of stages compiled from a spec, in an order in which every stage follows those that it needs.</summary>
public sealed record Plan(IReadOnlyList<Stage> Stages)
{
    public Stage this[string name] => Stages.Single(stage => stage.Name == name);

    /// <summary>Every stage as early as can be: those of one level need nothing of each other, only of the levels before.</summary>
    public IReadOnlyList<IReadOnlyList<Stage>> Levels()
    {
        var depths = new Dictionary<string, int>();
        foreach (var stage in Stages)
        {
            depths[stage.Name] = stage.After.Select(name => depths[name] + 1).DefaultIfEmpty().Max();
        }

        return [.. Stages.GroupBy(stage => depths[stage.Name]).OrderBy(level => level.Key).Select(level => level.ToArray())];
    }
}

/// <summary>One node of a plan. It has one trial, which bears its name, or those of a sweep.</summary>
/// <param name="Name">Unique in the plan.</param>
/// <param name="Kind">What is done.</param>
/// <param name="After">The stages whose results it needs.</param>
/// <param name="IsSweep">Whether many trials are tried out, of which the best one's result is the stage's.</param>
public sealed record Stage(string Name, StageKind Kind, IReadOnlyList<string> After, bool IsSweep = false);
