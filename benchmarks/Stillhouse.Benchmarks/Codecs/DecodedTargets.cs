using System.Diagnostics;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Benchmarks.Codecs;

/// <summary>What a student reads out of a batch.</summary>
internal abstract class DecodedTargets
{
    /// <summary>Memory for targets of that kind and shape.</summary>
    public static DecodedTargets For(BatchTargets targets) => targets switch
    {
        DenseTargets dense => new DenseDecoded(targets.Rows, dense.Width),
        SparseTargets sparse => new SparseDecoded(sparse.Rows, sparse.Slots),
        _ => throw new UnreachableException($"Nobody decodes {targets.GetType().Name}."),
    };

    public abstract void Read(BatchTargets targets);

    /// <summary>How far a sample's targets are from the teacher's softmax at temperature 1, in nats.</summary>
    /// <param name="logits">The teacher's, <c>C</c> values.</param>
    public abstract double Divergence(int sample, ReadOnlySpan<float> logits);

    private sealed class DenseDecoded(int rows, int classes) : DecodedTargets
    {
        private readonly float[] _logits = new float[rows * classes];

        public override void Read(BatchTargets targets) => ((DenseTargets)targets).CopyTo(_logits);

        public override double Divergence(int sample, ReadOnlySpan<float> logits) =>
            Divergences.OfDense(logits, _logits.AsSpan(sample * classes, classes));
    }

    private sealed class SparseDecoded(int rows, int slots) : DecodedTargets
    {
        private readonly long[] _classes = new long[rows * slots];
        private readonly float[] _logProbabilities = new float[rows * slots];
        private readonly float[] _logTails = new float[rows];

        public override void Read(BatchTargets targets) =>
            ((SparseTargets)targets).CopyTo(_classes, _logProbabilities, _logTails);

        public override double Divergence(int sample, ReadOnlySpan<float> logits)
        {
            var slice = (sample * slots)..((sample + 1) * slots);
            return float.IsNegativeInfinity(_logTails[sample])
                ? Divergences.OfDraws(logits, _classes[slice], _logProbabilities[slice])
                : Divergences.OfHead(logits, _classes[slice], _logProbabilities[slice], _logTails[sample]);
        }
    }
}
