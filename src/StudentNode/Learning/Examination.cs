using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Lessons;
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
    /// <summary>The test split in order, in batches of the student's size.</summary>
    public static IEnumerable<Lesson> Lessons(EvaluateWork work, Dataset dataset) =>
        Enumerable.Range(0, dataset.Test.Count)
            .Chunk(work.Training.BatchSize)
            .Select((ids, number) => new Lesson(number, Split.Test, ids));

    /// <summary>Runs on the trial's own thread.</summary>
    public EvaluatedOutcome Hold(EvaluateWork work, Dataset dataset, ILessonFeed feed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var labels = dataset.Test.Labels.Span;
        var answers = StreamedAnswers.Collect(Lessons(work, dataset), feed, work.Teachers.Count, cancellation);
        var teachers = new List<Measurement>();
        foreach (var (teacher, answer) in work.Teachers.Zip(answers))
        {
            teachers.Add(Classification.Measure(
                answer.Logits_NC, labels, teacher.Parameters, answer.MedianMilliseconds, work.Training.BatchSize));
        }

        var ensemble_NC = Classification.Ensemble([.. answers.Select(answer => answer.Logits_NC)]);
        var ensemble = Classification.Measure(
            ensemble_NC,
            labels,
            teachers.Sum(teacher => teacher.Parameters),
            teachers.Sum(teacher => teacher.LatencyMilliseconds),
            work.Training.BatchSize);
        var (baseline, baselineFidelity) = Student(work.Baseline, work, dataset, ensemble_NC);
        var (student, studentFidelity) = Student(work.Student, work, dataset, ensemble_NC);
        return new EvaluatedOutcome(teachers, ensemble, baseline, student, studentFidelity, baselineFidelity);
    }

    private (Measurement Measured, Fidelity Fidelity) Student(
        NetworkArtifact artifact, EvaluateWork work, Dataset dataset, Tensor ensemble_NC)
    {
        using var network = Networks.Load(artifact.Model, artifacts.Get(artifact.Weights));
        var logits_NC = Evaluator.Logits(network, dataset.Test, work.Training.BatchSize);
        var latency = Latency.MedianMilliseconds(network, dataset.Test, work.Training.BatchSize, time);
        return (
            Classification.Measure(logits_NC, dataset.Test.Labels.Span, network.ParameterCount, latency, work.Training.BatchSize),
            Classification.Fidelity(ensemble_NC, logits_NC));
    }
}
