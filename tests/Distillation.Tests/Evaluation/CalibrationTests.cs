using CsCheck;
using Stillhouse.Distillation.Evaluation;
using static Stillhouse.Distillation.Tests.Arrays;

namespace Stillhouse.Distillation.Tests.Evaluation;

public class CalibrationTests
{
    private static readonly Gen<(double[][] Logits, byte[] Labels)> Networks =
        Gen.Select(Gen.Long, Gen.Int[1, 40], Gen.Double[0.1, 30]).SelectMany((seed, rows, scale) =>
            Gen.Byte[0, 2].Array[rows].Select(labels => (Logits(seed, rows, 3, scale), labels)));

    /// <summary>Confidences of 1/2 + 1/4: two samples in one bin, of which one is right.</summary>
    [Fact]
    public void ExpectedError_OfOneBin_IsTheGapBetweenConfidenceAndAccuracy()
    {
        double[] logits_C = [Math.Log(3), 0];
        Calibration.ExpectedError(Rows([logits_C, logits_C]), [0, 1]).ShouldBe(0.25, 1e-12);
    }

    [Fact]
    public void NegativeLogLikelihood_IsTheMeanSurprise()
    {
        double[] logits_C = [Math.Log(3), 0];
        Calibration.NegativeLogLikelihood(Rows([logits_C, logits_C]), [0, 1]).ShouldBe((-Math.Log(0.75) - Math.Log(0.25)) / 2, 1e-12);
    }

    [Fact]
    public void NegativeLogLikelihood_OfLogitsFarApart_IsFinite() =>
        Calibration.NegativeLogLikelihood(Rows([[1e5, -1e5]]), [1]).ShouldBe(2e5);

    [Fact]
    public void Figures_OfAnyNetwork_AreThoseOfItsTemperedProbabilities() =>
        Gen.Select(Networks, Gen.Double[0.2, 10]).Sample((network, temperature) =>
        {
            var probabilities = network.Logits.Select(row => Softmax(row, temperature)).ToArray();
            var likelihood = probabilities.Zip(network.Labels, (row, label) => -Math.Log(row[label])).Average();
            Calibration.NegativeLogLikelihood(Rows(network.Logits), network.Labels, temperature).ShouldBe(likelihood, 1e-9 * (1 + likelihood));
            Calibration.ExpectedError(Rows(network.Logits), network.Labels, temperature).ShouldBeInRange(0, 1);
        });

    [Theory]
    [InlineData(3, 30)]
    [InlineData(0.1, 30)]
    [InlineData(20, 39)]
    public void Fit_OfTwoClasses_MakesTheConfidenceTheAccuracy(double logit, int rightOfForty)
    {
        var rows_NC = Rows([.. Enumerable.Repeat(new[] { logit, 0 }, 40)]);
        byte[] labels = [.. Enumerable.Range(0, 40).Select(sample => (byte)(sample < rightOfForty ? 0 : 1))];

        var temperature = TemperatureScaling.Fit(rows_NC, labels);

        temperature.ShouldBe(logit / Math.Log(rightOfForty / (40.0 - rightOfForty)), 1e-5 * temperature);
        Calibration.ExpectedError(rows_NC, labels, temperature).ShouldBe(0, 1e-5);
    }

    [Fact]
    public void Fit_OfAnyNetwork_HasNoBetterTemperatureNextToIt() =>
        Networks.Sample(network =>
        {
            var rows_NC = Rows(network.Logits);
            double At(double temperature) => Calibration.NegativeLogLikelihood(rows_NC, network.Labels, temperature);
            var temperature = TemperatureScaling.Fit(rows_NC, network.Labels);
            temperature.ShouldBeInRange(1 / TemperatureScaling.Highest, TemperatureScaling.Highest);
            double[] factors = [0.02, 0.5, 0.9, 0.99, 1.01, 1.1, 2, 50];
            factors.Select(factor => At(Math.Clamp(temperature * factor, 1 / TemperatureScaling.Highest, TemperatureScaling.Highest)))
                .Min().ShouldBeGreaterThanOrEqualTo(At(temperature) - 1e-6);
        });

    [Fact]
    public void Fit_OfANetworkThatIsAlwaysRight_IsCold() =>
        TemperatureScaling.Fit(Rows([[1, 0], [0, 1]]), [0, 1]).ShouldBeInRange(1 / TemperatureScaling.Highest, 0.03);

    [Fact]
    public void Fit_OfANetworkThatIsAlwaysWrong_IsTheHighest() =>
        TemperatureScaling.Fit(Rows([[1, 0], [0, 1]]), [1, 0]).ShouldBe(TemperatureScaling.Highest, 1e-3);

    private static LogitRows Rows(double[][] logits) => new([.. logits.SelectMany(row => row)], logits[0].Length);
}
