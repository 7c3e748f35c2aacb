using CsCheck;
using Stillhouse.Orchestration.Comparisons;

namespace Stillhouse.Orchestration.Tests.Comparisons;

public class ChurnTests
{
    private static readonly Gen<int[]> Predictions = Gen.Int[0, 3].Array[20];

    [Fact]
    public void Churn_IsTheMeanOverPairs()
    {
        var churn = Churn.Of([[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 1]], [[0, 0, 0, 0], [1, 1, 1, 1]]);

        churn.WithinA!.Value.ShouldBe((0.25 + 0.5 + 0.25) / 3, 1e-15);
        churn.WithinB.ShouldBe(1);
        churn.Between!.Value.ShouldBe((0 + 1 + 0.25 + 0.75 + 0.5 + 0.5) / 6, 1e-15);
    }

    [Fact]
    public void Churn_OfASideWithOneRun_IsBetweenAlone() => Churn.Of([[0, 1]], [[0, 2]]).ShouldBe(new Churn(null, null, 0.5));

    [Fact]
    public void Churn_WithoutSomePredictions_IsThatOfTheOtherSide() =>
        Churn.Of([[0, 1], null, [0, 1]], [[0, 1], [0, 0]]).ShouldBe(new Churn(null, 0.5, null));

    [Fact]
    public void Disagreement_IsADistance() =>
        Gen.Select(Predictions, Predictions, Predictions).Sample((a, b, c) =>
        {
            Churn.Disagreement(a, a).ShouldBe(0);
            Churn.Disagreement(a, b).ShouldBe(Churn.Disagreement(b, a));
            Churn.Disagreement(a, c).ShouldBeLessThanOrEqualTo(Churn.Disagreement(a, b) + Churn.Disagreement(b, c) + 1e-12);
        });

    [Fact]
    public void Predictions_OfOtherSamples_AreRefused() =>
        Should.Throw<ArgumentException>(() => Churn.Disagreement([0], [0, 1])).Message.ShouldStartWith("1 predictions cannot be compared with 2.");
}
