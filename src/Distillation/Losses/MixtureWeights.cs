using Stillhouse.Distillation.Evaluation;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>
/// Learns what each teacher counts in a weighted mean of probabilities: the weights under which labelled samples are most likely, found by
/// expectation maximisation (Dempster, Laird and Rubin, 1977), which has one maximum here. Plain arrays in double precision: the same on every machine.
/// </summary>
public static class MixtureWeights
{
    /// <summary>Samples below which a class has no weights of its own.</summary>
    public const int FewestSamples = 20;

    /// <summary>No teacher counts less: one that was never right here may be elsewhere.</summary>
    private const double Least = 1e-4;

    private const int Rounds = 200;

    /// <summary>One weight per teacher, adding up to 1.</summary>
    /// <param name="logits_MNC">What each teacher says about samples that nobody has learnt from, <c>[N, C]</c>.</param>
    /// <param name="labels">N labels.</param>
    public static double[] Learn(IReadOnlyList<Tensor> logits_MNC, ReadOnlySpan<byte> labels) => Fit(Likelihoods(logits_MNC, labels));

    /// <summary>
    /// The same for each class that all teachers together take a sample for, <c>[C][M]</c>; a class of fewer than
    /// <see cref="FewestSamples"/> has the common weights.
    /// </summary>
    public static double[][] LearnByClass(IReadOnlyList<Tensor> logits_MNC, ReadOnlySpan<byte> labels)
    {
        ArgumentNullException.ThrowIfNull(logits_MNC);
        using var scope = NewDisposeScope();
        var likelihoods_NM = Likelihoods(logits_MNC, labels);
        var common = Fit(likelihoods_NM);
        var samples = Classification.Predicted(Classification.Ensemble(logits_MNC)).Index().ToLookup(sample => sample.Item, sample => likelihoods_NM[sample.Index]);
        return
        [
            .. Enumerable.Range(0, (int)logits_MNC[0].shape[1])
                .Select(label => samples[label].ToArray() is { Length: >= FewestSamples } own ? Fit(own) : common),
        ];
    }

    /// <summary><c>p_m(label)</c> at temperature 1, <c>[N][M]</c>.</summary>
    private static double[][] Likelihoods(IReadOnlyList<Tensor> logits_MNC, ReadOnlySpan<byte> labels)
    {
        ArgumentNullException.ThrowIfNull(logits_MNC);
        using var scope = NewDisposeScope();
        var rows_MNC = logits_MNC.Select(logits_NC => LogitRows.Of(nn.functional.softmax(logits_NC.to(ScalarType.Float64), 1))).ToArray();
        var likelihoods = new double[labels.Length][];
        for (var sample = 0; sample < labels.Length; sample++)
        {
            var label = labels[sample];
            likelihoods[sample] = Array.ConvertAll(rows_MNC, rows_NC => rows_NC[sample][label]);
        }

        return likelihoods;
    }

    private static double[] Fit(double[][] likelihoods_NM)
    {
        var teachers = likelihoods_NM[0].Length;
        double[] weights = [.. Enumerable.Repeat(1.0 / teachers, teachers)];
        for (var round = 0; round < Rounds; round++)
        {
            var credit = new double[teachers];
            foreach (var likelihood_M in likelihoods_NM)
            {
                var total = likelihood_M.Zip(weights, (likelihood, weight) => likelihood * weight).Sum();
                for (var m = 0; m < teachers && total > 0; m++)
                {
                    credit[m] += likelihood_M[m] * weights[m] / total;
                }
            }

            weights = Normalised(credit.Select(share => Math.Max(share / likelihoods_NM.Length, Least)));
        }

        return weights;
    }

    private static double[] Normalised(IEnumerable<double> weights)
    {
        var all = weights.ToArray();
        var sum = all.Sum();
        return Array.ConvertAll(all, weight => weight / sum);
    }
}
