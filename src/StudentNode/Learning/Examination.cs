using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Trials;
using static TorchSharp.torch;

namespace Stillhouse.StudentNode.Learning;

/// <summary>
/// Measures students and their teachers on the test split, and keeps the classes that they name. Teachers are asked like in training,
/// so one that cannot be loaded here is measured all the same.
/// </summary>
public sealed class Examination(ArtifactStore artifacts, TimeProvider time)
{
    /// <summary>Baseline and student: where room is short, single classes are told of them alone.</summary>
    private const int Students = 2;

    /// <summary>Baseline, student, the ensemble and the one of all generations.</summary>
    private const int Fixed = 4;

    /// <summary>Runs on the trial's own thread.</summary>
    public EvaluatedOutcome Hold(
        EvaluateWork work, Dataset dataset, ExaminationPaper paper, TaughtFeed feed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var labels = dataset.Test.Labels.Span;
        var logits_MNC = TaughtLogits.Collect(paper, feed, work.Teachers.Count, dataset.Classes, cancellation);
        var networks = work.Teachers.Count + work.Companions.Count + work.Predecessors.Count + Fixed;
        var detail = ClassDetail.Of(networks, dataset.Classes);
        var teachers = new List<Examined>();
        foreach (var (teacher, logits_NC, computeTime) in work.Teachers.Zip(logits_MNC, feed.ComputeTimes))
        {
            teachers.Add(new Examined(logits_NC, Classification.Measure(
                logits_NC, labels, teacher.Parameters, computeTime.TotalMilliseconds, work.Schedule.Block, detail)));
        }

        Examined[] companions = [.. work.Companions.Select(artifact => Examine(artifact, work, dataset, detail))];
        Examined[] students =
        [
            .. work.Predecessors.Select(artifact => Examine(artifact, work, dataset, detail)),
            Examine(work.Student, work, dataset, ClassDetail.Of(Students, dataset.Classes)),
        ];
        var ensemble = Together([.. teachers, .. companions, .. work.JoinsCompanions ? [students[^1]] : Array.Empty<Examined>()], labels, detail);
        MeasuredStudent Compare(Examined student) => new(student.Measured, Classification.Fidelity(ensemble.Logits_NC, student.Logits_NC));
        var untaught = Examine(work.Baseline, work, dataset, ClassDetail.Of(Students, dataset.Classes));
        var (baseline, student) = (Compare(untaught), Compare(students[^1]));
        var predictions = Predictions.Of(untaught.Logits_NC, students[^1].Logits_NC, ensemble.Logits_NC);
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
            Predictions = artifacts.Put(predictions.Encode()),
            Generations = work.JoinsGenerations ? Together(students, labels, detail).Measured : null,
        };
    }

    private Examined Examine(NetworkArtifact artifact, EvaluateWork work, Dataset dataset, ClassDetail detail)
    {
        using var network = Networks.Load(artifact.Model, artifacts.Get(artifact.Weights));
        var logits_NC = Evaluator.Logits(network, dataset.Test, work.Schedule.Block);
        return new Examined(logits_NC, Evaluator.Measure(network, dataset, logits_NC, work.Schedule.Block, detail, time));
    }

    private static Examined Together(IReadOnlyList<Examined> members, ReadOnlySpan<byte> labels, ClassDetail detail)
    {
        var logits_NC = Classification.Ensemble([.. members.Select(member => member.Logits_NC)]);
        var measured = members.Select(member => member.Measured).ToArray();
        return new Examined(logits_NC, Classification.Measure(
            logits_NC,
            labels,
            measured.Sum(member => member.Parameters),
            measured.Sum(member => member.LatencyMilliseconds),
            measured[0].LatencyBatchSize,
            detail));
    }

    private sealed record Examined(Tensor Logits_NC, Measurement Measured);
}
