using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Tests.Training;

public class ChosenSamplesTests
{
    /// <summary>800 of class 0, 180 of class 1, 20 of class 3, in turn as far as there are some.</summary>
    private static readonly byte[] Labels =
        [.. Enumerable.Range(0, 1_000).OrderBy(sample => sample * 7 % 1_000).Select(sample => (byte)(sample < 800 ? 0 : sample < 980 ? 1 : 3))];

    private static readonly byte[] Occurring = [0, 1, 3];

    [Fact]
    public void Epoch_WithoutAChoice_IsEverySample() =>
        new ChosenSamples(null, Labels).Epoch(3, seed: 1).ShouldBe(Enumerable.Range(0, 1_000));

    [Fact]
    public void Epoch_OfSomeClasses_IsTheirSamples() =>
        new ChosenSamples(new SamplesSpec { Classes = [3, 1] }, Labels).Epoch(0, 1)
            .ShouldBe(Enumerable.Range(0, 1_000).Where(id => Labels[id] is 1 or 3));

    [Theory]
    [InlineData(0.5, 400, 90, 10)]
    [InlineData(0.03, 24, 5, 1)]
    [InlineData(0.0001, 1, 1, 1)]
    public void Epoch_OfAShare_IsTheFirstOfEachClass(double share, params int[] expected)
    {
        var ids = new ChosenSamples(new SamplesSpec { Share = share }, Labels).Epoch(0, 1);

        foreach (var (label, count) in Occurring.Zip(expected))
        {
            ids.Where(id => Labels[id] == label).ShouldBe(Enumerable.Range(0, 1_000).Where(id => Labels[id] == label).Take(count));
        }
    }

    /// <summary>1,000 draws, each of a class with probability 1/3: within 4 standard deviations of 333, for seeds that stay.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Epoch_OfBalancedClasses_DrawsEachAsOftenAsTheOther(long seed)
    {
        var chosen = new ChosenSamples(new SamplesSpec { Balanced = true }, Labels);
        var ids = chosen.Epoch(0, seed);

        ids.Length.ShouldBe(1_000);
        ids.ShouldBeInOrder();
        var frequencies = ids.CountBy(id => Labels[id]).ToDictionary();
        frequencies.Keys.Order().ShouldBe(Occurring);
        frequencies.Values.ShouldAllBe(count => Math.Abs(count - (1_000 / 3.0)) < 4 * Math.Sqrt(1_000 * 2 / 9.0));
    }

    /// <summary>20 samples of class 3, each drawn with probability 1/60 of 60,000 draws.</summary>
    [Fact]
    public void Epochs_OfBalancedClasses_DrawEachSampleOfAClassAsOftenAsTheOther()
    {
        var chosen = new ChosenSamples(new SamplesSpec { Balanced = true }, Labels);
        var frequencies = Enumerable.Range(0, 60).SelectMany(epoch => chosen.Epoch(epoch, seed: 1))
            .Where(id => Labels[id] == 3).CountBy(id => id).ToDictionary();

        frequencies.Count.ShouldBe(20);
        frequencies.Values.ShouldAllBe(count => Math.Abs(count - 1_000) < 4 * Math.Sqrt(1_000));
    }

    [Fact]
    public void Epoch_OfBalancedClasses_IsAPureFunctionOfSeedAndEpoch()
    {
        int[] Draws(int epoch, long seed) => new ChosenSamples(new SamplesSpec { Balanced = true }, Labels).Epoch(epoch, seed);
        Draws(1, 5).ShouldBe(Draws(1, 5));
        Draws(1, 5).ShouldNotBe(Draws(2, 5));
        Draws(1, 5).ShouldNotBe(Draws(1, 6));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(UnlabelledName.Skipped)]
    public void Epoch_UnlessAskedTo_MeetsNoSampleWithoutALabel(string? unlabelled) =>
        new ChosenSamples(unlabelled is null ? null : new SamplesSpec { Unlabelled = unlabelled }, Labels, unlabelled: 500).Epoch(0, 1)
            .ShouldBe(Enumerable.Range(0, 1_000));

    [Fact]
    public void Epoch_ThatMeetsSamplesWithoutLabels_IsEverySample() =>
        new ChosenSamples(new SamplesSpec { Unlabelled = UnlabelledName.Met }, Labels, unlabelled: 500).Epoch(2, 1)
            .ShouldBe(Enumerable.Range(0, 1_500));

    /// <summary>3 epochs of 1,000 + 2,500 are 10,500 steps: ten times each of 1,000, and the first 500 once more.</summary>
    [Fact]
    public void Epochs_ThatReplaceSamplesWithoutLabels_MeetTheOthersInTurn()
    {
        var chosen = new ChosenSamples(new SamplesSpec { Unlabelled = UnlabelledName.Replaced }, Labels, unlabelled: 2_500);
        int[][] epochs = [.. Enumerable.Range(0, 3).Select(epoch => chosen.Epoch(epoch, 1))];

        chosen.Count.ShouldBe(3_500);
        epochs.ShouldAllBe(ids => ids.Length == 3_500 && ids.SequenceEqual(ids.Order()));
        epochs.SelectMany(ids => ids).CountBy(id => id).OrderBy(id => id.Key).Select(id => id.Value)
            .ShouldBe([.. Enumerable.Repeat(11, 500), .. Enumerable.Repeat(10, 500)]);
    }

    [Fact]
    public void Epoch_OfBalancedClasses_DrawsInThePlaceOfSamplesWithoutLabels() =>
        new ChosenSamples(new SamplesSpec { Balanced = true, Unlabelled = UnlabelledName.Replaced }, Labels, unlabelled: 500).Epoch(0, 1)
            .Length.ShouldBe(1_500);

    [Fact]
    public void Choice_ThatLeavesNothing_IsRefused() =>
        Should.Throw<ArgumentException>(() => new ChosenSamples(new SamplesSpec { Classes = [2] }, Labels))
            .Message.ShouldContain("No training sample has one of the classes of 'samples'.");
}
