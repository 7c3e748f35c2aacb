using System.Text.Json.Serialization;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;

namespace Stillhouse.Messages.Trials;

/// <summary>A dataset as a node must find it: how to make or read it, and the digest that proves it is the same one.</summary>
public sealed record DatasetReference(DataSpec Source, Digest Digest);

/// <summary>One network to train: everything that its final weights depend on.</summary>
public sealed record NetworkTraining(ModelSpec Model, TrainingSpec Training, long Seed);

/// <summary>What a teacher node is asked to do before it serves: train a network, or load the weights of one.</summary>
/// <param name="Name">The teacher's name in the spec.</param>
/// <param name="Dataset">What it learns from and is later asked about.</param>
/// <param name="Network">The network; its training is skipped where weights are given.</param>
/// <param name="Weights">A safetensors file to load, or null to train.</param>
public sealed record TeacherWork(string Name, DatasetReference Dataset, NetworkTraining Network, string? Weights);

/// <summary>What a student node is asked to do.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BaselineWork), "baseline")]
[JsonDerivedType(typeof(DistillWork), "distill")]
[JsonDerivedType(typeof(EvaluateWork), "evaluate")]
public abstract record StudentWork(DatasetReference Dataset);

/// <summary>Train the student on labels alone.</summary>
public sealed record BaselineWork(DatasetReference Dataset, NetworkTraining Network) : StudentWork(Dataset);

/// <summary>Train the student on labels and on the teachers' soft targets.</summary>
public sealed record DistillWork(
    DatasetReference Dataset,
    NetworkTraining Network,
    DistillationSpec Distillation,
    IReadOnlyList<TeacherEndpoint> Teachers) : StudentWork(Dataset);

/// <summary>Measure finished students, each teacher and their ensemble on the test split.</summary>
public sealed record EvaluateWork(
    DatasetReference Dataset,
    int BatchSize,
    int Threads,
    DistillationSpec Distillation,
    NetworkArtifact Baseline,
    NetworkArtifact Student,
    IReadOnlyList<TeacherEndpoint> Teachers) : StudentWork(Dataset);

/// <summary>A finished network: its architecture and the content address of its weights.</summary>
public sealed record NetworkArtifact(ModelSpec Model, Digest Weights);
