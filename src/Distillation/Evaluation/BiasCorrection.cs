using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Models;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Evaluation;

/// <summary>
/// Moves the biases of the output layer to where the validation labels are likeliest, as in bias-corrected calibration (Alexandari
/// et al., 1901.06852) without its temperature. It lifts classes that a network has never met as such, but knows from soft
/// targets (Hinton et al., 1503.02531, 3).
/// </summary>
/// <remarks>
/// The likelihood is concave in the biases. At its maximum a network expects as many samples of each class as there are,
/// and multiplying each class by observed / expected ascends to it in every step (generalised iterative scaling, Darroch and
/// Ratcliff, 1972: every sample has one class, so its step is the whole logarithm). Adding the same to all biases changes
/// nothing: they keep their mean.
/// </remarks>
public static class BiasCorrection
{
    private const int BatchSize = 512;
    private const int MostSteps = 10_000;

    /// <summary>Where log(observed / expected) of every class is within this, it is done.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Changes the output layer's biases, on the calling thread.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="samples">Not learnt from, with at least one sample of each class.</param>
    public static void Apply(Network network, SampleSet samples)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var biases_C = Fit(Evaluator.Logits(network, samples, BatchSize), samples.PerClass(network.Spec.Outputs));
        network.OutputBias.add_(biases_C.to(ScalarType.Float32, network.Device));
    }

    /// <summary>What to add to the logits, <c>[C]</c>, of double precision and with mean 0.</summary>
    /// <param name="logits_NC"><c>[N, C]</c>, on the CPU.</param>
    /// <param name="perClass">How many of the N samples each class has.</param>
    /// <exception cref="ArgumentException">A class has no sample, so that its likeliest bias is minus infinity.</exception>
    internal static Tensor Fit(Tensor logits_NC, IReadOnlyList<int> perClass)
    {
        if (perClass.Contains(0))
        {
            throw new ArgumentException($"Class {perClass.ToList().IndexOf(0)} has no validation sample to fit its bias on.", nameof(perClass));
        }

        using var scope = NewDisposeScope();
        var observed_C = tensor(perClass.Select(count => (double)count).ToArray()).log();
        var rows_NC = logits_NC.to(ScalarType.Float64);
        var biases_C = zeros_like(observed_C);
        for (var step = 0; step < MostSteps; step++)
        {
            using var ofStep = NewDisposeScope();
            var expected_C = (rows_NC + biases_C).log_softmax(1).logsumexp(0);
            var change_C = observed_C - expected_C;
            biases_C.add_(change_C);
            // Written so that a network whose logits are not numbers ends it too.
            if (!(change_C.abs().max().item<double>() > Tolerance))
            {
                break;
            }
        }

        return (biases_C - biases_C.mean()).MoveToOuterDisposeScope();
    }
}
