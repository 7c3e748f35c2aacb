using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Trials;
using static TorchSharp.torch;

namespace Stillhouse.StudentNode.Learning;

/// <summary>
/// Measures students and their teachers on the test split. Teachers are asked like in training, so one that cannot be
/// loaded here is measured all the same.
/// </summary>
public sealed class Examination(ArtifactStore artifacts, TimeProvider time)
{
    /// <summary>Runs on the trial's own thread.</summary>
    public EvaluatedOutcome Hold(
        EvaluateWork work, Dataset dataset, ExaminationPaper paper, TaughtFeed feed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var labels = dataset.Test.Labels.Span;
        var logits_MNC = TaughtLogits.Collect(paper, feed, work.Teachers.Count, dataset.Classes, cancellation);
        var teachers = new List<Examined>();
        foreach (var (teacher, logits_NC, computeTime) in work.Teachers.Zip(logits_MNC, feed.ComputeTimes))
        {
            teachers.Add(new Examined(logits_NC, Classification.Measure(
                logits_NC, labels, teacher.Parameters, computeTime.TotalMilliseconds, work.Schedule.Block)));
        }

        Examined[] companions = [.. work.Companions.Select(artifact => Examine(artifact, work, dataset))];
        Examined[] students = [.. work.Predecessors.Append(work.Student).Select(artifact => Examine(artifact, work, dataset))];
        var ensemble = Together([.. teachers, .. companions, .. work.JoinsCompanions ? [students[^1]] : Array.Empty<Examined>()], labels);
        MeasuredStudent Compare(Examined student) => new(student.Measured, Classification.Fidelity(ensemble.Logits_NC, student.Logits_NC));
        var (baseline, student) = (Compare(Examine(work.Baseline, work, dataset)), Compare(students[^1]));
        return new EvaluatedOutcome(
            [.. teachers.Select(teacher => teacher.Measured)],
            ensemble.Measured,
            baseline.Measured,
            student.Measured,
            student.Fidelity,
            baseline.Fidelity)
        {
            Predecessors = [.. students.SkipLast(1).Select(Compare)],
            Companions = [.. companions.Select(Compare)],
            Generations = work.JoinsGenerations ? Together(students, labels).Measured : null,
        };
    }

    private Examined Examine(NetworkArtifact artifact, EvaluateWork work, Dataset dataset)
    {
        using var network = Networks.Load(artifact.Model, artifacts.Get(artifact.Weights));
        var logits_NC = Evaluator.Logits(network, dataset.Test, work.Schedule.Block);
        var latency = Latency.MedianMilliseconds(network, dataset.Test, work.Schedule.Block, time);
        return new Examined(
            logits_NC,
            Classification.Measure(logits_NC, dataset.Test.Labels.Span, network.ParameterCount, latency, work.Schedule.Block));
    }

    private static Examined Together(IReadOnlyList<Examined> members, ReadOnlySpan<byte> labels)
    {
        var logits_NC = Classification.Ensemble([.. members.Select(member => member.Logits_NC)]);
        var measured = members.Select(member => member.Measured).ToArray();
        return new Examined(logits_NC, Classification.Measure(
            logits_NC,
            labels,
            measured.Sum(member => member.Parameters),
            measured.Sum(member => member.LatencyMilliseconds),
            measured[0].LatencyBatchSize));
    }

    private sealed record Examined(Tensor Logits_NC, Measurement Measured);
}
