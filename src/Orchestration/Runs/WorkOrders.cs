using System.Text.Json;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Writes out what a node has to do for a stage, from the plan and from the results of the stages before it.</summary>
public static class WorkOrders
{
    public static TeacherWork ForTeacher(RunState state, string name) =>
        new(name, TeachersDataset(state), Training(state, name), Network(state, name).Weights);

    /// <exception cref="InvalidOperationException">The network has not been trained, or left no probe behind.</exception>
    public static ReplicaWork ForReplica(RunState state, string name)
    {
        var network = Network(state, name);
        return new ReplicaWork(
            name,
            TeachersDataset(state),
            Artifact(state, name),
            network.Training.Threads,
            state.Trained(name).Probe ?? throw new InvalidOperationException($"{name} left no probe by which its replicas could be known."));
    }

    /// <summary>All that a trial asks, in the order of its stage, and where they can be asked now.</summary>
    /// <exception cref="InvalidOperationException">One of them has not been trained.</exception>
    public static IReadOnlyList<TeacherReplicas> Teachers(RunState state, string trial) =>
    [
        .. state.StageOf(trial).Companions.Select(companion => Companion(state, companion)),
        .. from teacher in state.StageOf(trial).Teachers
           let trained = state.Trained(teacher)
           select new TeacherReplicas(
               teacher,
               trained.Weights,
               trained.Parameters,
               Network(state, teacher).EnsembleWeight,
               [.. state.Replicas.Serving(teacher)])
           {
               Features = Asked(state, trial, teacher),
           },
    ];

    /// <summary>Losses on features are a student's; in the test logits are enough.</summary>
    private static FeatureShape[] Asked(RunState state, string trial, string teacher) => state.StageOf(trial).Kind == StageKind.Distill
        ? [.. state.SpecOf(trial).Distillation.TeacherFeatures.Select(name => Network(state, teacher).Model.Features.First(feature => feature.Name == name))]
        : [];

    public static StudentWork ForStudent(RunState state, string trial)
    {
        var stage = state.StageOf(trial);
        return stage.Kind switch
        {
            StageKind.Baseline => new BaselineWork(state.Dataset.Reference, Training(state, trial)),
            StageKind.Distill or StageKind.CoTrain when stage.Companions.Count > 0 => BesideOthers(state, trial),
            StageKind.Distill => new DistillWork(
                state.Dataset.Reference,
                Training(state, trial),
                state.SpecOf(trial).Distillation,
                Teachers(state, trial),
                MeasuresLatency: stage.IsSweep && state.Spec.Sweep!.Objectives.Contains(ObjectiveName.Latency),
                Teaches: state.Plan.Teaches(stage)),
            StageKind.Evaluate => Evaluation(state, trial),
            var kind => throw new ArgumentOutOfRangeException(nameof(trial), kind, "Not a stage that students work on."),
        };
    }

    private static PeerWork BesideOthers(RunState state, string trial)
    {
        var recipe = (LiveRecipeSpec)state.Spec.Recipe;
        var isTeacher = recipe is OnlineRecipeSpec && trial != StageName.Student;
        var (every, burnIn) = recipe is CodistillationRecipeSpec exchange ? (exchange.Every, exchange.BurnIn) : (0, 0);
        var lag = isTeacher ? ((OnlineRecipeSpec)recipe).Lead : 0;
        return new PeerWork(
            state.Dataset.Reference,
            Training(state, trial) with { Batches = Seeds.Derive(state.Spec.Seed, StageName.Student) },
            state.Spec.Distillation,
            Identity(state, trial),
            Teachers(state, trial),
            Learns: !isTeacher,
            new PeerExchange(every, burnIn, lag, recipe.SaveEvery, recipe.Deadline));
    }

    private static TeacherReplicas Companion(RunState state, string name) =>
        new(name, Identity(state, name), Parameters: 0, Network(state, name).EnsembleWeight, state[name].Endpoint is { } endpoint ? [endpoint] : []);

    /// <summary>What a network that learns makes of a step's batch follows from the spec, the data and its name.</summary>
    private static Digest Identity(RunState state, string trial) =>
        Digest.Of(JsonSerializer.SerializeToUtf8Bytes(new { state.Spec, state.Dataset.Reference.Digest, trial }));

    /// <summary>Of a sweep the best student is measured, in the way of its own spec.</summary>
    private static EvaluateWork Evaluation(RunState state, string trial)
    {
        var best = state.ResultOf(StageName.Student) ?? throw new InvalidOperationException("There is no student to measure.");
        var spec = state.SpecOf(best);
        return new EvaluateWork(
            state.Dataset.Reference,
            spec.Student.Training,
            spec.Schedule,
            spec.Distillation,
            Artifact(state, StageName.Baseline),
            Artifact(state, best),
            Teachers(state, trial))
        {
            Predecessors = [.. state.Plan.Predecessors.Select(stage => Artifact(state, stage.Name))],
            JoinsGenerations = spec.Recipe is BornAgainRecipeSpec,
            Companions = [.. state.Plan.Live.Where(stage => stage.Name != best).Select(stage => Artifact(state, stage.Name))],
            JoinsCompanions = spec.Recipe is IPeerRecipe,
        };
    }

    private static NetworkTraining Training(RunState state, string trial)
    {
        var (spec, network) = (state.SpecOf(trial), Network(state, trial));
        return new NetworkTraining(network.Model, network.Training, spec.Schedule, Seeds.Derive(spec.Seed, network.SeedName));
    }

    private static NetworkArtifact Artifact(RunState state, string trial) => new(Network(state, trial).Model, state.Trained(trial).Weights);

    /// <summary>A trial of a sweep trains a student of its own spec.</summary>
    private static StageNetwork Network(RunState state, string trial)
    {
        var stage = state.StageOf(trial);
        return stage.IsSweep ? PlanCompiler.Student(state.SpecOf(trial))
            : stage.Network ?? throw new InvalidOperationException($"{trial} trains nothing.");
    }

    /// <summary>Where inputs are shipped, teacher nodes need not have the data.</summary>
    private static DatasetReference? TeachersDataset(RunState state) =>
        state.Spec.Distillation.Inputs == InputsName.Shipped ? null : state.Dataset.Reference;
}
