using Stillhouse.Distillation.Losses;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses;

/// <summary>Teachers of two classes, of whom one knows more than the other.</summary>
public class MixtureWeightsTests
{
    [Fact]
    public void Learn_TeachersThatSayTheSame_WeighsThemAlike()
    {
        using var scope = NewDisposeScope();
        var logits_NC = Says(40, sample => 0.9);
        MixtureWeights.Learn([logits_NC, logits_NC], Labels(40)).ShouldBe([0.5, 0.5], 1e-9);
    }

    [Fact]
    public void Learn_OneTeacherThatIsAlwaysRightAndOneThatGuesses_TrustsTheFirst()
    {
        using var scope = NewDisposeScope();
        var weights = MixtureWeights.Learn([Says(40, _ => 0.99), Says(40, _ => 0.5)], Labels(40));
        weights[0].ShouldBeGreaterThan(0.999);
        weights.Sum().ShouldBe(1, 1e-12);
    }

    /// <summary>The likelihood of w·0.8 + (1 - w)·0.2 where the first is right, mirrored where the second is: most likely at the share of each.</summary>
    [Theory]
    [InlineData(10, 30)]
    [InlineData(30, 10)]
    [InlineData(20, 20)]
    public void Learn_TeachersThatAreRightOnDifferentSamples_HasTheWeightsOfTheGreatestLikelihood(int first, int second)
    {
        using var scope = NewDisposeScope();
        var count = first + second;
        var weights = MixtureWeights.Learn(
            [Says(count, sample => sample < first ? 0.8 : 0.2), Says(count, sample => sample < first ? 0.2 : 0.8)], Labels(count));

        double Likelihood(double w) => (first * Math.Log((0.8 * w) + (0.2 * (1 - w)))) + (second * Math.Log((0.2 * w) + (0.8 * (1 - w))));
        var best = Enumerable.Range(1, 999).Select(thousandth => thousandth / 1_000.0).MaxBy(Likelihood);
        weights[0].ShouldBe(best, 2e-3);
    }

    [Fact]
    public void LearnByClass_Specialists_CountWhereTheyKnowMore()
    {
        using var scope = NewDisposeScope();
        // Samples take turns between the classes; each teacher knows one of them, and the other a little.
        var weights_CM = MixtureWeights.LearnByClass(
            [Says(80, sample => sample % 2 == 0 ? 0.99 : 0.55), Says(80, sample => sample % 2 == 1 ? 0.99 : 0.55)], Labels(80));

        weights_CM[0][0].ShouldBeGreaterThan(0.99);
        weights_CM[1][1].ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void LearnByClass_AClassWithFewSamples_HasTheCommonWeights()
    {
        using var scope = NewDisposeScope();
        const int Few = MixtureWeights.FewestSamples;
        TorchSharp.torch.Tensor[] teachers = [Says(Few, _ => 0.9), Says(Few, _ => 0.6)];
        var labels = Labels(Few);

        MixtureWeights.LearnByClass(teachers, labels).ShouldAllBe(weights_M => weights_M.SequenceEqual(MixtureWeights.Learn(teachers, labels)));
    }

    /// <summary>The classes take turns.</summary>
    private static byte[] Labels(int count) => [.. Enumerable.Range(0, count).Select(sample => (byte)(sample % 2))];

    /// <summary>Logits with which a teacher gives each sample's label so much.</summary>
    private static Tensor Says(int count, Func<int, double> toLabel)
    {
        var logits = new double[count, 2];
        for (var sample = 0; sample < count; sample++)
        {
            logits[sample, sample % 2] = Math.Log(toLabel(sample));
            logits[sample, 1 - (sample % 2)] = Math.Log(1 - toLabel(sample));
        }

        return tensor(logits);
    }
}
