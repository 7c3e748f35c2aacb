using System.Runtime.InteropServices;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.StudentNode.Learning;

/// <summary>Everything that teachers answer about a split.</summary>
internal static class TaughtLogits
{
    /// <summary>Takes all batches from the feed; one tensor <c>[N, C]</c> per teacher, which belongs to the current dispose scope.</summary>
    public static IReadOnlyList<Tensor> Collect(
        ExaminationPaper paper, ILessonFeed feed, int teachers, int classes, CancellationToken cancellation)
    {
        Tensor[] logits = [.. Enumerable.Range(0, teachers).Select(_ => empty([paper.Blocks.Samples, classes], ScalarType.Float32))];
        foreach (var batch in paper.Batches)
        {
            var answers = feed.Take(batch, cancellation);
            for (var teacher = 0; teacher < teachers; teacher++)
            {
                using var answer = (DenseTargets)answers[teacher]!;
                var values = MemoryMarshal.Cast<byte, float>(logits[teacher].bytes);
                answer.CopyTo(values.Slice(batch.SampleIds[0] * classes, answer.Rows * classes));
            }
        }

        return logits;
    }
}
