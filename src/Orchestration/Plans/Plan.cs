using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Plans;

/// <summary>The DAG of stages compiled from a spec, in an order in which every stage follows those that it needs.</summary>
public sealed record Plan(IReadOnlyList<Stage> Stages)
{
    private readonly HashSet<string> _teachers = [.. Stages.SelectMany(stage => stage.Teachers)];

    public Stage this[string name] => Stages.Single(stage => stage.Name == name);

    /// <summary>The stages whose networks are asked for soft targets once they are trained, in the order of the plan.</summary>
    public IEnumerable<Stage> Teachers => Stages.Where(Teaches);

    /// <summary>The students before the last one, in the order in which they learn.</summary>
    public IEnumerable<Stage> Predecessors => Teachers.Where(stage => stage.Kind == StageKind.Distill);

    /// <summary>The stages that learn side by side.</summary>
    public IEnumerable<Stage> Live => Stages.Where(stage => stage.Companions.Count > 0);

    /// <summary>CPU threads that the largest network needs that is trained on a student node.</summary>
    public int StudentThreads => Stages.Where(stage => stage.Kind != StageKind.Train).Max(stage => stage.Network?.Training.Threads ?? 1);

    public bool Teaches(Stage stage) => _teachers.Contains(stage.Name);

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
public sealed record Stage(string Name, StageKind Kind, IReadOnlyList<string> After, bool IsSweep = false)
{
    /// <summary>Those of <see cref="After"/> whose networks it asks for soft targets, in the order in which they are combined.</summary>
    public IReadOnlyList<string> Teachers { get; init; } = [];

    /// <summary>The stages that it learns beside: they run at the same time, and each hears the others while it learns.</summary>
    public IReadOnlyList<string> Companions { get; init; } = [];

    /// <summary>What a student asks it for about a sample besides its logits; null for nothing.</summary>
    public AskedFeatures? Asked { get; init; }

    /// <summary>What it trains; null where it trains nothing.</summary>
    public StageNetwork? Network { get; init; }
}

/// <summary>What a network is asked for besides its logits.</summary>
/// <param name="Features">In the order of the network.</param>
/// <param name="RowBytes">Bytes per sample on the wire and in stores, logits included.</param>
public sealed record AskedFeatures(IReadOnlyList<FeatureShape> Features, int RowBytes)
{
    public override string ToString() => $"{string.Join(", ", Features)}: {RowBytes} B a sample";
}

/// <summary>A network that a stage trains, and how it teaches afterwards, if it does.</summary>
/// <param name="SeedName">What its seed derives from, besides the seed of the run.</param>
/// <param name="Weights">A file to load in place of training; null for none.</param>
/// <param name="Replicas">Nodes that serve it at the same time.</param>
/// <param name="EnsembleWeight">Its weight among those who teach the same student.</param>
public sealed record StageNetwork(
    ModelSpec Model, TrainingSpec Training, string SeedName, string? Weights = null, int Replicas = 1, double EnsembleWeight = 1);
