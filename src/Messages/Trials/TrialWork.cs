using System.Text.Json.Serialization;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;

namespace Stillhouse.Messages.Trials;

/// <summary>A dataset as a node must find it: how to make or read it, and the digest that proves it is the same one.</summary>
public sealed record DatasetReference(DataSpec Source, Digest Digest);

/// <summary>One network to train: everything that its final weights depend on.</summary>
/// <param name="Batches">The seed of batches and views where they are those of another network; null for the network's own.</param>
public sealed record NetworkTraining(ModelSpec Model, TrainingSpec Training, ScheduleSpec Schedule, long Seed, long? Batches = null);

/// <summary>What a teacher node is asked to do before it serves: train a network, or load the weights of one.</summary>
/// <param name="Name">The teacher's name in the spec.</param>
/// <param name="Dataset">What it learns from and is later asked about; null where inputs are shipped and weights are given.</param>
/// <param name="Network">The network; its training is skipped where weights are given.</param>
/// <param name="Weights">A safetensors file to load, or null to train.</param>
public sealed record TeacherWork(string Name, DatasetReference? Dataset, NetworkTraining Network, string? Weights);

/// <summary>What a teacher node is asked to do to serve a teacher that has been trained already.</summary>
/// <param name="Name">The teacher's name in the spec.</param>
/// <param name="Dataset">What it is asked about; null where inputs are shipped.</param>
/// <param name="Network">Its architecture and weights.</param>
/// <param name="Threads">CPU threads, as in its training.</param>
/// <param name="Probe">What its artifact answers to the probe lesson; a replica that answers otherwise must not serve.</param>
public sealed record ReplicaWork(string Name, DatasetReference? Dataset, NetworkArtifact Network, int Threads, Digest Probe);

/// <summary>What a student node is asked to do.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BaselineWork), "baseline")]
[JsonDerivedType(typeof(DistillWork), "distill")]
[JsonDerivedType(typeof(PeerWork), "peer")]
[JsonDerivedType(typeof(EvaluateWork), "evaluate")]
public abstract record StudentWork(DatasetReference Dataset)
{
    /// <summary>CPU threads of the trial.</summary>
    [JsonIgnore]
    public abstract int Threads { get; }
}

/// <summary>Work that asks teachers.</summary>
public interface ITaughtWork
{
    DatasetReference Dataset { get; }

    DistillationSpec Distillation { get; }

    IReadOnlyList<TeacherReplicas> Teachers { get; }
}

/// <summary>Train the student on labels alone.</summary>
public sealed record BaselineWork(DatasetReference Dataset, NetworkTraining Network) : StudentWork(Dataset)
{
    public override int Threads => Network.Training.Threads;
}

/// <summary>Train the student on labels and on the teachers' soft targets.</summary>
/// <param name="MeasuresLatency">Whether the finished network is to be timed.</param>
/// <param name="Teaches">Whether the finished network is to teach in its turn.</param>
public sealed record DistillWork(
    DatasetReference Dataset,
    NetworkTraining Network,
    DistillationSpec Distillation,
    IReadOnlyList<TeacherReplicas> Teachers,
    bool MeasuresLatency = false,
    bool Teaches = false) : StudentWork(Dataset), ITaughtWork
{
    public override int Threads => Network.Training.Threads;
}

/// <summary>Train a network beside others, which hear of it while it learns.</summary>
/// <param name="Identity">Under which the others ask it.</param>
/// <param name="Teachers">The others.</param>
/// <param name="Learns">Whether it learns from them, or from the labels alone.</param>
/// <param name="Exchange">What is heard when.</param>
public sealed record PeerWork(
    DatasetReference Dataset,
    NetworkTraining Network,
    DistillationSpec Distillation,
    Digest Identity,
    IReadOnlyList<TeacherReplicas> Teachers,
    bool Learns,
    PeerExchange Exchange) : StudentWork(Dataset), ITaughtWork
{
    public override int Threads => Network.Training.Threads;
}

/// <summary>Measure finished students, each teacher and their ensemble on the test split.</summary>
/// <param name="Training">Of the student: it is measured on as many threads.</param>
/// <param name="Schedule">Gives the blocks in which all networks are measured.</param>
public sealed record EvaluateWork(
    DatasetReference Dataset,
    TrainingSpec Training,
    ScheduleSpec Schedule,
    DistillationSpec Distillation,
    NetworkArtifact Baseline,
    NetworkArtifact Student,
    IReadOnlyList<TeacherReplicas> Teachers) : StudentWork(Dataset), ITaughtWork
{
    /// <summary>The students before the last one, in the order in which they learnt.</summary>
    public IReadOnlyList<NetworkArtifact> Predecessors { get; init; } = [];

    /// <summary>Whether all students are measured together as well, as an ensemble of generations.</summary>
    public bool JoinsGenerations { get; init; }

    /// <summary>The networks that learnt beside the student, where there are no teachers to ask: the ensemble is theirs.</summary>
    public IReadOnlyList<NetworkArtifact> Companions { get; init; } = [];

    /// <summary>Whether the student belongs to that ensemble.</summary>
    public bool JoinsCompanions { get; init; }

    public override int Threads => Training.Threads;
}

/// <summary>A finished network: its architecture and the content address of its weights.</summary>
public sealed record NetworkArtifact(ModelSpec Model, Digest Weights);
