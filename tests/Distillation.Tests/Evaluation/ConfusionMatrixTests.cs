using CsCheck;
using Stillhouse.Distillation.Evaluation;

namespace Stillhouse.Distillation.Tests.Evaluation;

public class ConfusionMatrixTests
{
    private const int Classes = 5;

    private static readonly Gen<(byte Label, int Predicted)[]> Answers =
        Gen.Select(Gen.Byte[0, Classes - 1], Gen.Int[0, Classes - 1]).Array[1, 60];

    [Fact]
    public void Rows_AreLabels_AndColumnsWhatWasPredicted()
    {
        var confusion = new ConfusionMatrix([0, 0, 1, 2, 0, 1], [0, 0, 0, 1, 1, 1], classes: 4);

        confusion.Rows.ShouldBe([[2, 1, 0, 0], [1, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]);
        confusion.Right.ShouldBe(3);
        confusion.Recall.ShouldBe([2.0 / 3, 1.0 / 3, null, null]);
        confusion.BalancedAccuracy.ShouldBe(0.5, 1e-15);
    }

    [Fact]
    public void BalancedAccuracy_WhereTheCommonestClassIsAlwaysPredicted_IsAGuess()
    {
        byte[] labels = [.. Enumerable.Repeat((byte)0, 90), .. Enumerable.Repeat((byte)1, 10)];
        new ConfusionMatrix(new long[100], labels, classes: 2).BalancedAccuracy.ShouldBe(0.5, 1e-15);
    }

    [Fact]
    public void Rows_OfAnyAnswers_SumUpToTheSamplesOfTheirClass_AndTheDiagonalToTheRightOnes() =>
        Answers.Sample(answers =>
        {
            var confusion = Of(answers);
            confusion.Rows.Select(row => row.Sum()).ShouldBe(Enumerable.Range(0, Classes).Select(c => answers.Count(a => a.Label == c)));
            confusion.Right.ShouldBe(answers.Count(answer => answer.Label == answer.Predicted));
        });

    [Fact]
    public void Recall_WeighedByTheSamplesOfItsClass_IsTheAccuracy() =>
        Answers.Sample(answers =>
        {
            var confusion = Of(answers);
            var weighed = confusion.Recall.Select((recall, c) => (recall ?? 0) * answers.Count(answer => answer.Label == c)).Sum();
            (weighed / answers.Length).ShouldBe((double)confusion.Right / answers.Length, 1e-12);
            confusion.BalancedAccuracy.ShouldBeInRange(0, 1);
        });

    private static ConfusionMatrix Of((byte Label, int Predicted)[] answers) =>
        new([.. answers.Select(answer => (long)answer.Predicted)], [.. answers.Select(answer => answer.Label)], Classes);
}
