using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Plans;

/// <summary>
/// Turns a valid spec into a plan: every teacher and the baseline side by side, then the students of the recipe, of which the last is
/// the run's student, then the test.
/// </summary>
public static class PlanCompiler
{
    public static Plan Compile(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Stage[] teachers = [.. TeacherRoster.Expand(spec).Select(teacher => Teacher(teacher.Name, teacher.Spec))];
        var names = teachers.Select(teacher => teacher.Name).ToArray();
        var baseline = new Stage(StageName.Baseline, StageKind.Baseline, []) { Network = Student(spec) };
        var students = Students(spec, names).ToArray();
        var evaluation = new Stage(StageName.Evaluate, StageKind.Evaluate, [.. names, baseline.Name, .. students.Select(student => student.Name)])
        {
            Teachers = names,
        };
        return new Plan([.. teachers, baseline, .. students, evaluation]);
    }

    /// <summary>Baseline and student begin with the same weights and meet the same batches: only the teachers differ.</summary>
    public static StageNetwork Student(RunSpec spec) => new(spec.Student.Model, spec.Student.Training, StageName.Student);

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
