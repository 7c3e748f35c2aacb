using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Writes out what a node has to do for a stage, from the spec and from the results of the stages before it.</summary>
public static class WorkOrders
{
    public static TeacherWork ForTeacher(RunState state, string name)
    {
        var teacher = TeacherRoster.Expand(state.Spec).Single(entry => entry.Name == name).Spec;
        var network = new NetworkTraining(teacher.Model, teacher.Training, Seeds.Derive(state.Spec.Seed, name));
        return new TeacherWork(name, state.Dataset.Reference, network, teacher.Weights);
    }

    public static StudentWork ForStudent(RunState state, string stage) => state.Plan[stage].Kind switch
    {
        StageKind.Baseline => new BaselineWork(state.Dataset.Reference, StudentNetwork(state)),
        StageKind.Distill => new DistillWork(
            state.Dataset.Reference, StudentNetwork(state), state.Spec.Distillation, Teachers(state)),
        StageKind.Evaluate => new EvaluateWork(
            state.Dataset.Reference,
            state.Spec.Student.Training,
            state.Spec.Distillation,
            Student(state, StageName.Baseline),
            Student(state, StageName.Student),
            Teachers(state)),
        var kind => throw new ArgumentOutOfRangeException(nameof(stage), kind, "Not a stage that students work on."),
    };

    /// <summary>Baseline and student begin with the same weights and meet the same batches: only the teachers differ.</summary>
    private static NetworkTraining StudentNetwork(RunState state) =>
        new(state.Spec.Student.Model, state.Spec.Student.Training, Seeds.Derive(state.Spec.Seed, StageName.Student));

    private static NetworkArtifact Student(RunState state, string stage) =>
        new(state.Spec.Student.Model, state.Trained(stage).Weights);

    private static TeacherEndpoint[] Teachers(RunState state) =>
        [.. state.Plan[StageName.Student].After.Select(name => state[name].Endpoint
            ?? throw new InvalidOperationException($"The teacher {name} does not serve yet."))];
}
