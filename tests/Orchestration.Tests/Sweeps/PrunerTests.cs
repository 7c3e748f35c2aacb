using CsCheck;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Tests.Sweeps;

public class PrunerTests(ITestOutputHelper output)
{
    private const int Epochs = 27;

    private static readonly Dictionary<string, (IPruner Pruner, int Minimum)> Pruners = new()
    {
        ["median"] = (new MedianPruner(new MedianPrunerSpec { Startup = 3, Warmup = 2 }, Epochs), 2),
        ["asha"] = (new AshaPruner(new AshaPrunerSpec { Minimum = 2 }, Epochs), 2),
        ["hyperband"] = (new HyperbandPruner(new HyperbandPrunerSpec(), Epochs), 1),
        ["none"] = (new NonePruner(), Epochs),
    };

    public static TheoryData<string> Names => [.. Pruners.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pruner_OfTheOnlyTrial_LetsItTrainToTheEnd(string name) =>
        new LearningCurves([0.1], Epochs).Train(Pruners[name].Pruner, parallel: 1, seed: 1).ShouldBe([Epochs]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Pruner_OfAnyTrials_StopsNoneBeforeTheMinimumAndNotTheBestAtTheEnd(string name)
    {
        var (pruner, minimum) = Pruners[name];

        Gen.Select(Gen.Long, Gen.Int[1, 40], Gen.Int[1, 8]).Sample((seed, trials, parallel) =>
        {
            var curves = LearningCurves.Shuffled(trials, Epochs, seed);
            var trained = curves.Train(pruner, parallel, seed);

            trained.Min().ShouldBeGreaterThanOrEqualTo(minimum);
            trained.Max().ShouldBe(Epochs);
            curves.Train(pruner, parallel, seed).ShouldBe(trained);
        }, iter: 50, threads: 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(27)]
    public void Asha_Of27TrialsWith27Epochs_SpendsAtMost40PercentAndKeepsTheBest(int parallel)
    {
        double[] shares = [.. Enumerable.Range(0, 20).Select(seed =>
        {
            var curves = LearningCurves.Shuffled(27, Epochs, seed);
            var trained = curves.Train(new AshaPruner(new AshaPrunerSpec(), Epochs), parallel, seed);

            trained.Index().Where(trial => trial.Item == Epochs).Max(trial => curves.Ends[trial.Index]).ShouldBeGreaterThan(0.9 - 0.02);
            return trained.Sum() / (27.0 * Epochs);
        })];
        output.WriteLine($"{parallel} at once: {shares.Average():P1} of all epochs on average, {shares.Min():P1} to {shares.Max():P1}");

        shares.Max().ShouldBeLessThanOrEqualTo(0.4);
    }

    [Fact]
    public void Asha_AtARung_KeepsTheTopThirdOfThoseThatReachedIt()
    {
        var asha = new AshaPruner(new AshaPrunerSpec { Reduction = 3, Minimum = 2 }, Epochs);
        var board = RungBoard.For(asha);
        double[] values = [0.5, 0.4, 0.6, 0.5, 0.55, 0.7, 0.6];
        var stopped = new List<int>();
        foreach (var (trial, value) in values.Index())
        {
            board = board.Report(trial, 1, 0.9).Report(trial, 2, value);
            if (asha.Stops(board, trial))
            {
                stopped.Add(trial);
            }
        }

        // One of 1 to 5 is in the top third, two of 6 and 7: 0.6 is then second to 0.7, and a tie goes on.
        stopped.ShouldBe([1, 3, 4]);
    }

    [Fact]
    public void Rungs_OfAsha_AreTheMinimumTimesPowersOfTheReductionBeforeTheEnd()
    {
        var asha = new AshaPruner(new AshaPrunerSpec { Reduction = 3, Minimum = 2 }, epochs: 54);

        Enumerable.Range(1, 54).Where(epoch => asha.RungAt(0, epoch) is not null).ShouldBe([2, 6, 18]);
    }

    [Fact]
    public void Hyperband_SpreadsTrialsOverBracketsInThePapersProportion()
    {
        var hyperband = new HyperbandPruner(new HyperbandPrunerSpec(), epochs: 81);

        hyperband.Brackets.ShouldBe(5);
        Enumerable.Range(0, 143).CountBy(hyperband.BracketOf).OrderBy(each => each.Key).Select(each => each.Value)
            .ShouldBe([81, 34, 15, 8, 5]);
        Enumerable.Range(0, 20).Select(hyperband.BracketOf).Distinct().Order().ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void Hyperband_ComparesTrialsWithinTheirBracket()
    {
        var hyperband = new HyperbandPruner(new HyperbandPrunerSpec(), Epochs);
        var first = Enumerable.Range(0, 20).Where(trial => hyperband.BracketOf(trial) == 0).Take(2).ToArray();
        var other = Enumerable.Range(0, 20).First(trial => hyperband.BracketOf(trial) == 1);
        var board = RungBoard.For(hyperband).Report(first[0], 1, 0.9).Report(other, 1, 0.1).Report(first[1], 1, 0.8);

        hyperband.Stops(board, first[0]).ShouldBeFalse();
        hyperband.Stops(board, first[1]).ShouldBeTrue();
        hyperband.Stops(board, other).ShouldBeFalse();
    }

    [Fact]
    public void Hyperband_Of81Trials_SpendsLessThanHalfAndKeepsTheBestNear()
    {
        double[] shares = [.. Enumerable.Range(0, 20).Select(seed =>
        {
            var curves = LearningCurves.Shuffled(81, Epochs, seed);
            var trained = curves.Train(new HyperbandPruner(new HyperbandPrunerSpec(), Epochs), parallel: 4, seed);

            trained.Index().Where(trial => trial.Item == Epochs).Max(trial => curves.Ends[trial.Index]).ShouldBeGreaterThan(0.9 - 0.02);
            return trained.Sum() / (81.0 * Epochs);
        })];
        output.WriteLine($"{shares.Average():P1} of all epochs on average, {shares.Min():P1} to {shares.Max():P1}");

        shares.Max().ShouldBeLessThan(0.5);
    }

    [Fact]
    public void Median_ComparesTheBestSoFarWithTheOthersAtTheSameEpoch()
    {
        var median = new MedianPruner(new MedianPrunerSpec { Startup = 2, Warmup = 2 }, Epochs);
        var board = RungBoard.For(median)
            .Report(0, 1, 0.1).Report(0, 2, 0.5)
            .Report(1, 1, 0.1).Report(1, 2, 0.7)
            .Report(2, 1, 0.65).Report(2, 2, 0.2)
            .Report(3, 1, 0.3).Report(3, 2, 0.4);

        // Of 0.5, 0.7, 0.4 the median is 0.5, and 0.65 was reached once; of 0.5, 0.7, 0.2 it is 0.5, more than 0.4.
        median.Stops(board, 2).ShouldBeFalse();
        median.Stops(board, 3).ShouldBeTrue();
    }

    [Fact]
    public void Median_WithTooFewOthers_LetsEverybodyGoOn()
    {
        var median = new MedianPruner(new MedianPrunerSpec { Startup = 2, Warmup = 1 }, Epochs);

        median.Stops(RungBoard.For(median).Report(0, 1, 0.9).Report(1, 1, 0.1), 1).ShouldBeFalse();
    }

    [Fact]
    public void Board_ThatHearsAnEpochAgain_StaysAsItIs()
    {
        var board = RungBoard.For(Pruners["asha"].Pruner).Report(0, 2, 0.5).Report(0, 3, 0.6);

        board.Report(0, 2, 0.9).ShouldBeSameAs(board);
        board.StandingOf(0).ShouldBe(new Standing(3, 0.6, 0.6));
    }

    [Fact]
    public void Board_CountsWhatIsNotANumberAsWorst()
    {
        var asha = Pruners["asha"].Pruner;
        var board = RungBoard.For(asha).Report(0, 2, 0.01).Report(1, 2, double.NaN);

        asha.Stops(board, 1).ShouldBeTrue();
        asha.Stops(board, 0).ShouldBeFalse();
    }
}
