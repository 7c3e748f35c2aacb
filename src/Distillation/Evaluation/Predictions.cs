using System.Runtime.InteropServices;
using Stillhouse.Distillation.Weights;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Evaluation;

/// <summary>
/// The class that each of three networks names for each of N test samples. As a file it is safetensors with one tensor of 32-bit
/// floats <c>[N]</c> per network, which hold every class exactly.
/// </summary>
public sealed record Predictions(IReadOnlyList<int> Baseline, IReadOnlyList<int> Student, IReadOnlyList<int> Ensemble)
{
    private const string BaselineName = "baseline";
    private const string StudentName = "student";
    private const string EnsembleName = "ensemble";

    /// <summary>The classes with the highest logits.</summary>
    /// <param name="baseline_NC"><c>[N, C]</c>, as the others.</param>
    public static Predictions Of(Tensor baseline_NC, Tensor student_NC, Tensor ensemble_NC) =>
        new(Classes(baseline_NC), Classes(student_NC), Classes(ensemble_NC));

    /// <exception cref="WeightsRefusedException">The file lacks a tensor, or holds something else than classes.</exception>
    public static Predictions Read(SafetensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new Predictions(Read(file, BaselineName), Read(file, StudentName), Read(file, EnsembleName));
    }

    /// <summary>The bytes of a safetensors file.</summary>
    public byte[] Encode() => SafetensorsFile.Encode(new Dictionary<string, StoredTensor>
    {
        [BaselineName] = Store(Baseline),
        [StudentName] = Store(Student),
        [EnsembleName] = Store(Ensemble),
    });

    private static int[] Classes(Tensor logits_NC) => [.. Classification.Predicted(logits_NC).Select(predicted => (int)predicted)];

    private static StoredTensor Store(IReadOnlyList<int> classes_N)
    {
        float[] values_N = [.. classes_N.Select(predicted => (float)predicted)];
        return new StoredTensor([values_N.Length], MemoryMarshal.AsBytes(values_N.AsSpan()).ToArray());
    }

    private static int[] Read(SafetensorsFile file, string network)
    {
        if (!file.Tensors.TryGetValue(network, out var stored))
        {
            throw new WeightsRefusedException(file.Source, network, "a tensor of classes", "no such tensor");
        }

        if (stored.Shape.Count != 1)
        {
            throw new WeightsRefusedException(file.Source, network, "one dimension", StoredTensor.Describe(stored.Shape));
        }

        var values_N = MemoryMarshal.Cast<byte, float>(stored.Data.Span);
        var classes_N = new int[values_N.Length];
        for (var sample = 0; sample < classes_N.Length; sample++)
        {
            var value = values_N[sample];
            classes_N[sample] = value >= 0 && value < int.MaxValue && value == MathF.Floor(value)
                ? (int)value
                : throw new WeightsRefusedException(
                    file.Source, network, "whole numbers from 0 on", FormattableString.Invariant($"{value} at sample {sample}"));
        }

        return classes_N;
    }
}
