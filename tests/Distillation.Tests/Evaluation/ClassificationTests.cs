using Stillhouse.Distillation.Evaluation;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Evaluation;

public class ClassificationTests
{
    private const int Samples = 200;
    private const int Classes = 4;
    private static readonly double[][] Network = Logits(1, Samples, Classes);
    private static readonly double[][] Other = Logits(2, Samples, Classes);
    private static readonly byte[] Labels = [.. Enumerable.Range(0, Samples).Select(sample => (byte)(sample * 7 % Classes))];

    [Fact]
    public void Measure_Logits_CountsAndCalibratesAsTheReference()
    {
        using var scope = NewDisposeScope();
        var errors = Network.Zip(Labels).Count(sample => ArgMax(sample.First) != sample.Second);

        var measured = Classification.Measure(ToTensor(Network, ScalarType.Float32), Labels, 123, 4.5, 64, ClassDetail.All);

        measured.Errors.ShouldBe(errors);
        measured.Accuracy.ShouldBe(1 - ((double)errors / Samples), 1e-12);
        measured.Samples.ShouldBe(Samples);
        measured.Parameters.ShouldBe(123);
        measured.LatencyMilliseconds.ShouldBe(4.5);
        measured.LatencyBatchSize.ShouldBe(64);
        measured.ExpectedCalibrationError.ShouldBe(CalibrationError(Network), 1e-6);
        measured.NegativeLogLikelihood!.Value.ShouldBe(
            Network.Zip(Labels, (logits, label) => -Math.Log(Softmax(logits)[label])).Average(), 1e-6);
        var recall = Enumerable.Range(0, Classes)
            .Select(label => Network.Zip(Labels).Where(sample => sample.Second == label).Average(sample => ArgMax(sample.First) == label ? 1.0 : 0))
            .ToArray();
        measured.Recall!.Select(share => share!.Value).ShouldBe(recall, 1e-12);
        measured.BalancedAccuracy!.Value.ShouldBe(recall.Average(), 1e-12);
        measured.Confusion!.Sum(row => row.Sum()).ShouldBe(Samples);
        measured.CalibrationTemperature.ShouldBeNull();
    }

    [Theory]
    [InlineData(10, 5, true, true)]
    [InlineData(10, 103, true, true)]
    [InlineData(100, 2, true, true)]
    [InlineData(100, 3, true, false)]
    [InlineData(101, 1, true, false)]
    [InlineData(256, 8, false, false)]
    public void Detail_OfManyNetworksOrClasses_IsWhatAMessageHasRoomFor(int classes, int networks, bool hasRecall, bool hasConfusion) =>
        ClassDetail.Of(networks, classes).ShouldBe(new ClassDetail(hasRecall, hasConfusion));

    [Fact]
    public void Measure_WithoutDetail_KeepsTheBalancedAccuracy()
    {
        using var scope = NewDisposeScope();
        var measured = Classification.Measure(ToTensor(Network), Labels, 0, 0, 0, new ClassDetail(false, false));
        (measured.Recall, measured.Confusion).ShouldBe((null, null));
        measured.BalancedAccuracy.ShouldNotBeNull();
    }

    [Fact]
    public void Measure_CertainAndRight_IsPerfectlyCalibrated()
    {
        using var scope = NewDisposeScope();
        var certain = Labels.Select(label => Enumerable.Range(0, Classes).Select(c => c == label ? 99.0 : 0).ToArray()).ToArray();
        var measured = Classification.Measure(ToTensor(certain), Labels, 0, 0, 0, ClassDetail.All);
        measured.Accuracy.ShouldBe(1);
        measured.ExpectedCalibrationError.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Measure_LabelsOfAnotherSplit_IsRefused()
    {
        using var scope = NewDisposeScope();
        Should.Throw<ArgumentException>(() => Classification.Measure(ToTensor(Network), Labels.AsSpan(1), 0, 0, 0, ClassDetail.All));
    }

    [Fact]
    public void Fidelity_TwoNetworks_IsAgreementAndMeanKl()
    {
        using var scope = NewDisposeScope();
        var pairs = Network.Zip(Other).ToArray();

        var fidelity = Classification.Fidelity(ToTensor(Network, ScalarType.Float32), ToTensor(Other, ScalarType.Float32));

        fidelity.Agreement.ShouldBe(pairs.Average(pair => ArgMax(pair.First) == ArgMax(pair.Second) ? 1.0 : 0), 1e-12);
        fidelity.MeanKl.ShouldBe(pairs.Average(pair => Kl(Softmax(pair.First), Softmax(pair.Second))), 1e-6);
    }

    [Fact]
    public void Fidelity_OfANetworkToItself_IsComplete()
    {
        using var scope = NewDisposeScope();
        var fidelity = Classification.Fidelity(ToTensor(Network), ToTensor(Network));
        fidelity.Agreement.ShouldBe(1);
        fidelity.MeanKl.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Ensemble_AsLogits_HasTheMembersMeanProbabilities()
    {
        using var scope = NewDisposeScope();
        var expected = Network.Zip(Other, (a, b) => Mean([Softmax(a), Softmax(b)])).SelectMany(row => row);
        ToArray(Classification.Ensemble([ToTensor(Network), ToTensor(Other)]).exp()).ShouldBe(expected, 1e-12);
    }

    private static double CalibrationError(double[][] logits) => logits.Zip(Labels)
        .Select(sample => (Confidence: Softmax(sample.First).Max(), Right: ArgMax(sample.First) == sample.Second ? 1.0 : 0))
        .GroupBy(sample => Math.Ceiling(sample.Confidence * 15))
        .Sum(bin => bin.Count() / (double)Samples * Math.Abs(bin.Average(s => s.Right) - bin.Average(s => s.Confidence)));
}
