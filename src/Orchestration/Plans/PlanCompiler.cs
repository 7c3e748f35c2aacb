using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Plans;

/// <summary>
/// Turns a valid spec into a plan: every teacher and the baseline side by side, then the students of the recipe, of which the last is
/// the run's student, then the test. Networks that hear from each other while they learn are all side by side.
/// </summary>
public static class PlanCompiler
{
    public static Plan Compile(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Recipe is LiveRecipeSpec recipe ? SideBySide(spec, recipe) : OneAfterTheOther(spec);
    }

    /// <summary>Baseline and student begin with the same weights and meet the same batches: only the teachers differ.</summary>
    public static StageNetwork Student(RunSpec spec) => new(spec.Student.Model, spec.Student.Training, StageName.Student);

    private static Plan OneAfterTheOther(RunSpec spec)
    {
        Stage[] teachers = [.. TeacherRoster.Expand(spec).Select(teacher => Teacher(teacher.Name, teacher.Spec))];
        var names = teachers.Select(teacher => teacher.Name).ToArray();
        return Asked(Examined([.. teachers, Baseline(spec), .. Students(spec, names)], names), spec.Distillation);
    }

    /// <summary>Losses on features ask everybody who teaches a student for the same modules.</summary>
    private static Plan Asked(Plan plan, DistillationSpec distillation)
    {
        var (names, valueBytes) = (distillation.TeacherFeatures, distillation.Codec.ValueBytes ?? 0);
        return names.Count == 0 ? plan : plan with { Stages = [.. plan.Stages.Select(Ask)] };

        Stage Ask(Stage stage) => plan.Teaches(stage) ? stage with { Asked = Of(stage.Network!.Model) } : stage;

        AskedFeatures Of(ModelSpec model)
        {
            FeatureShape[] features = [.. model.Features.Where(feature => names.Contains(feature.Name))];
            return new AskedFeatures(features, valueBytes * (model.Outputs + features.Sum(feature => feature.Size)));
        }
    }

    /// <summary>Teachers or peers learn beside the student, which comes last.</summary>
    private static Plan SideBySide(RunSpec spec, LiveRecipeSpec recipe)
    {
        Stage[] others =
        [
            .. TeacherRoster.Expand(spec).Select(teacher => new Stage(teacher.Name, StageKind.CoTrain, [])
            {
                Companions = [StageName.Student],
                Network = Teacher(teacher.Name, teacher.Spec).Network,
            }),
            .. from peer in (recipe as IPeerRecipe)?.Peers ?? []
               from name in TeacherRoster.Names(peer.Name, peer.Count)
               select new Stage(name, StageKind.CoTrain, []) { Network = new StageNetwork(peer.Model, peer.Training ?? spec.Student.Training, name) },
        ];
        var names = others.Select(other => other.Name).ToArray();
        return Examined(
            [
                .. others.Select(other => recipe is IPeerRecipe
                    ? other with { Companions = [.. names.Where(name => name != other.Name), StageName.Student] }
                    : other),
                Baseline(spec),
                new Stage(StageName.Student, StageKind.Distill, []) { Companions = names, Network = Student(spec) },
            ],
            teachers: []);
    }

    /// <summary>A student that meets samples without labels has a baseline that meets the others more often: both make as many steps.</summary>
    private static Stage Baseline(RunSpec spec)
    {
        var network = Student(spec);
        return new(StageName.Baseline, StageKind.Baseline, [])
        {
            Network = network.Training.Samples is { Unlabelled: UnlabelledName.Met } samples
                ? network with { Training = network.Training with { Samples = samples with { Unlabelled = UnlabelledName.Replaced } } }
                : network,
        };
    }

    /// <summary>All stages, and the test that follows them.</summary>
    /// <param name="teachers">Those that are asked for their answers in the test; of the others the weights are loaded.</param>
    private static Plan Examined(IReadOnlyList<Stage> stages, IReadOnlyList<string> teachers) => new(
    [
        .. stages,
        new Stage(StageName.Evaluate, StageKind.Evaluate, [.. stages.Select(stage => stage.Name)]) { Teachers = teachers },
    ]);

    private static Stage Teacher(string name, TeacherSpec teacher) => new(name, StageKind.Train, [])
    {
        Network = new StageNetwork(teacher.Model, teacher.Training, name, teacher.Weights, teacher.Replicas, teacher.EnsembleWeight),
    };

    /// <summary>Each learns from the one before it, the first one from the teachers.</summary>
    private static IEnumerable<Stage> Students(RunSpec spec, IReadOnlyList<string> teachers)
    {
        foreach (var (name, network) in Predecessors(spec.Recipe, spec.Student))
        {
            yield return Distilled(name, network, teachers);
            teachers = [name];
        }

        yield return Distilled(StageName.Student, Student(spec), teachers) with { IsSweep = spec.Sweep is not null };
    }

    private static Stage Distilled(string name, StageNetwork network, IReadOnlyList<string> teachers) =>
        new(name, StageKind.Distill, teachers) { Teachers = teachers, Network = network };

    private static IEnumerable<(string Name, StageNetwork Network)> Predecessors(RecipeSpec recipe, StudentSpec student) => recipe switch
    {
        EnsembleRecipeSpec => [],
        ProgressiveRecipeSpec progressive => progressive.Assistants.Select(assistant => (
            assistant.Name, new StageNetwork(assistant.Model, assistant.Training, assistant.Name, Replicas: assistant.Replicas))),
        BornAgainRecipeSpec bornAgain => Enumerable.Range(1, bornAgain.Generations - 1).Select(StageName.Generation).Select(name => (
            name, new StageNetwork(student.Model, student.Training, name, Replicas: bornAgain.Replicas))),
        _ => throw new ArgumentException($"No plan is known for a {recipe.GetType().Name}.", nameof(recipe)),
    };
}
