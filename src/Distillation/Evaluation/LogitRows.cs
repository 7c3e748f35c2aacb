using static TorchSharp.torch;

namespace Stillhouse.Distillation.Evaluation;

/// <summary>Logits in double precision, row by row, for figures that must not depend on threads or devices.</summary>
/// <param name="values"><c>N × C</c>.</param>
internal sealed class LogitRows(double[] values, int classes)
{
    public int Count { get; } = values.Length / classes;

    /// <param name="logits_NC"><c>[N, C]</c>, on the CPU.</param>
    public static LogitRows Of(Tensor logits_NC)
    {
        using var scope = NewDisposeScope();
        return new LogitRows(logits_NC.to(ScalarType.Float64).contiguous().data<double>().ToArray(), (int)logits_NC.shape[1]);
    }

    /// <summary>The logits of one sample, <c>[C]</c>.</summary>
    public ReadOnlySpan<double> this[int sample] => values.AsSpan(sample * classes, classes);
}
