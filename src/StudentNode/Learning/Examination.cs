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
    /// <summary>Baseline and student: where room is short, single classes are told of them alone.</summary>
    private const int Students = 2;

    /// <summary>Runs on the trial's own thread.</summary>
    public EvaluatedOutcome Hold(
        EvaluateWork work, Dataset dataset, ExaminationPaper paper, TaughtFeed feed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var labels = dataset.Test.Labels.Span;
        var logits_MNC = TaughtLogits.Collect(paper, feed, work.Teachers.Count, dataset.Classes, cancellation);
        var detail = ClassDetail.Of(Students + work.Teachers.Count + 1, dataset.Classes);
        var teachers = new List<Measurement>();
        foreach (var (teacher, logits_NC, computeTime) in work.Teachers.Zip(logits_MNC, feed.ComputeTimes))
        {
            teachers.Add(Classification.Measure(
                logits_NC, labels, teacher.Parameters, computeTime.TotalMilliseconds, work.Schedule.Block, detail));
        }

        var ensemble_NC = Classification.Ensemble(logits_MNC);
        var ensemble = Classification.Measure(
            ensemble_NC,
            labels,
            teachers.Sum(teacher => teacher.Parameters),
            teachers.Sum(teacher => teacher.LatencyMilliseconds),
            work.Schedule.Block,
            detail);
        var (baseline, baselineFidelity) = Student(work.Baseline, work, dataset, ensemble_NC);
        var (student, studentFidelity) = Student(work.Student, work, dataset, ensemble_NC);
        return new EvaluatedOutcome(teachers, ensemble, baseline, student, studentFidelity, baselineFidelity);
    }

    private (Measurement Measured, Fidelity Fidelity) Student(
        NetworkArtifact artifact, EvaluateWork work, Dataset dataset, Tensor ensemble_NC)
    {
        using var network = Networks.Load(artifact.Model, artifacts.Get(artifact.Weights));
        var logits_NC = Evaluator.Logits(network, dataset.Test, work.Schedule.Block);
        return (
            Evaluator.Measure(network, dataset, logits_NC, work.Schedule.Block, ClassDetail.Of(Students, dataset.Classes), time),
            Classification.Fidelity(ensemble_NC, logits_NC));
    }
}
