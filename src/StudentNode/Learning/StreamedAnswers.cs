using Stillhouse.Distillation.Serving;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.StudentNode.Learning;

/// <summary>Everything that one teacher answered about a split.</summary>
/// <param name="Logits_NC">One row per sample, in the order of the lessons.</param>
/// <param name="MedianMilliseconds">Median of the teacher's compute time per lesson.</param>
internal sealed record StreamedAnswers(Tensor Logits_NC, double MedianMilliseconds)
{
    /// <summary>Takes all lessons from the feed; one result per teacher, whose tensors belong to the current dispose scope.</summary>
    public static IReadOnlyList<StreamedAnswers> Collect(
        IEnumerable<Lesson> lessons, ILessonFeed feed, int teachers, CancellationToken cancellation)
    {
        var batches = Enumerable.Range(0, teachers).Select(_ => new List<Tensor>()).ToArray();
        var times = Enumerable.Range(0, teachers).Select(_ => new List<TimeSpan>()).ToArray();
        foreach (var lesson in lessons)
        {
            var answers = feed.Take(lesson, cancellation);
            for (var teacher = 0; teacher < teachers; teacher++)
            {
                using var answer = answers[teacher];
                batches[teacher].Add(LogitTensors.From(answer.Logits));
                times[teacher].Add(answer.ComputeTime);
            }
        }

        return [.. batches.Zip(times, (logits, compute) => new StreamedAnswers(cat(logits), Median(compute).TotalMilliseconds))];
    }

    private static TimeSpan Median(List<TimeSpan> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
