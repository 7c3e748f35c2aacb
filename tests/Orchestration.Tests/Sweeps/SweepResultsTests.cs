using CsCheck;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Sweeps;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Tests.Sweeps;

public class SweepResultsTests
{
    private static readonly Objective[] Both = [Objective.Of(ObjectiveName.Accuracy), Objective.Of(ObjectiveName.Parameters)];

    /// <summary>Few values, so that equals and dominance are common.</summary>
    private static readonly Gen<double[]> Point = Gen.Double[0, 9].Select(Math.Floor).Array[2];

    [Fact]
    public void Best_OfEquals_IsTheEarliest() => SweepResults.Best(Finished([0.5, 9], [0.8, 5], [0.8, 1]), Both)!.Number.ShouldBe(1);

    [Fact]
    public void Best_OfNoFinishedTrial_IsNotThere()
    {
        var history = SweepHistory.Empty.Begin(new Assignment([])).Begin(new Assignment([])).Begin(new Assignment([])).Fail(0).Prune(1, 2, 0.9);

        SweepResults.Best(history, Both).ShouldBeNull();
        SweepResults.ParetoFront(history, Both).ShouldBeEmpty();
    }

    [Fact]
    public void Best_PutsWhatIsNotANumberLast() => SweepResults.Best(Finished([double.NaN, 1], [0.1, 1]), Both)!.Number.ShouldBe(1);

    [Fact]
    public void Front_HasAccurateAndSmallOnes() =>
        Front([0.9, 100], [0.8, 50], [0.85, 120], [0.7, 50], [0.9, 100]).ShouldBe([0, 1, 4]);

    [Fact]
    public void Front_OfAnyTrials_HasExactlyThoseThatNoneDominates() =>
        Point.Array[0, 40].Sample(points =>
        {
            var front = Front(points);
            foreach (var (number, point) in points.Index())
            {
                points.Any(other => Dominates(other, point)).ShouldBe(!front.Contains(number));
                (front.Contains(number) || front.Any(member => Dominates(points[member], point))).ShouldBeTrue();
            }
        });

    [Fact]
    public void Front_OfOneObjective_IsTheBestAndItsEquals() =>
        SweepResults.ParetoFront(Finished([1], [3], [2], [3]), Both[..1]).Select(trial => trial.Number).ShouldBe([1, 3]);

    private static int[] Front(params double[][] points) =>
        [.. SweepResults.ParetoFront(Finished(points), Both).Select(trial => trial.Number)];

    private static SweepHistory Finished(params double[][] points) =>
        points.Aggregate(SweepHistory.Empty, (history, point) => history.Begin(new Assignment([])).Finish(history.Trials.Count, point));

    /// <summary>More of the first, less of the second.</summary>
    private static bool Dominates(double[] a, double[] b) => a[0] >= b[0] && a[1] <= b[1] && (a[0] > b[0] || a[1] < b[1]);
}
