using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
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
        var teacher = TeacherRoster.Find(state.Spec, name);
        var network = new NetworkTraining(teacher.Model, teacher.Training, state.Spec.Schedule, Seeds.Derive(state.Spec.Seed, name));
        return new TeacherWork(name, TeachersDataset(state), network, teacher.Weights);
    }

    /// <exception cref="InvalidOperationException">The teacher has not been trained, or left no probe behind.</exception>
    public static ReplicaWork ForReplica(RunState state, string name)
    {
        var teacher = TeacherRoster.Find(state.Spec, name);
        var trained = state.Trained(name);
        return new ReplicaWork(
            name,
            TeachersDataset(state),
            new NetworkArtifact(teacher.Model, trained.Weights),
            teacher.Training.Threads,
            trained.Probe ?? throw new InvalidOperationException($"The teacher {name} left no probe by which its replicas could be known."));
    }

    /// <summary>All teachers in the order of the spec, and where they can be asked now.</summary>
    /// <exception cref="InvalidOperationException">A teacher has not been trained.</exception>
    public static IReadOnlyList<TeacherReplicas> Teachers(RunState state) =>
    [
        .. from teacher in TeacherRoster.Expand(state.Spec)
           let trained = state.Trained(teacher.Name)
           select new TeacherReplicas(
               teacher.Name,
               trained.Weights,
               trained.Parameters,
               teacher.Spec.EnsembleWeight,
               [.. state.Replicas.Serving(teacher.Name)]),
    ];

    public static StudentWork ForStudent(RunState state, string trial)
    {
        var spec = state.SpecOf(trial);
        return state.StageOf(trial).Kind switch
        {
            StageKind.Baseline => new BaselineWork(state.Dataset.Reference, StudentNetwork(spec)),
            StageKind.Distill => new DistillWork(
                state.Dataset.Reference,
                StudentNetwork(spec),
                spec.Distillation,
                Teachers(state),
                MeasuresLatency: state.Spec.Sweep?.Objectives.Contains(ObjectiveName.Latency) == true),
            StageKind.Evaluate => Evaluation(state),
            var kind => throw new ArgumentOutOfRangeException(nameof(trial), kind, "Not a stage that students work on."),
        };
    }

    /// <summary>Of a sweep the best student is measured, in the way of its own spec.</summary>
    private static EvaluateWork Evaluation(RunState state)
    {
        var best = state.ResultOf(StageName.Student) ?? throw new InvalidOperationException("There is no student to measure.");
        var spec = state.SpecOf(best);
        return new EvaluateWork(
            state.Dataset.Reference,
            spec.Student.Training,
            spec.Schedule,
            spec.Distillation,
            new NetworkArtifact(state.Spec.Student.Model, state.Trained(StageName.Baseline).Weights),
            new NetworkArtifact(spec.Student.Model, state.Trained(best).Weights),
            Teachers(state));
    }

    /// <summary>Baseline and student begin with the same weights and meet the same batches: only the teachers differ.</summary>
    private static NetworkTraining StudentNetwork(RunSpec spec) =>
        new(spec.Student.Model, spec.Student.Training, spec.Schedule, Seeds.Derive(spec.Seed, StageName.Student));

    /// <summary>Where inputs are shipped, teacher nodes need not have the data.</summary>
    private static DatasetReference? TeachersDataset(RunState state) =>
        state.Spec.Distillation.Inputs == InputsName.Shipped ? null : state.Dataset.Reference;
}
