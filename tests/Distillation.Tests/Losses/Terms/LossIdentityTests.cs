using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Losses.Terms;
using Stillhouse.Messages.Specs;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses.Terms;

/// <summary>How the losses are related to one another.</summary>
public class LossIdentityTests
{
    private const int Classes = 6;

    private static readonly double[][] Teacher = Logits(3, 4, Classes);
    private static readonly double[][] Student = Logits(4, 4, Classes);
    private static readonly long[] Labels = [5, 0, 2, 2];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Dkd_BetaOfWhatTheTeacherGivesOtherClasses_IsKd(int row)
    {
        using var scope = NewDisposeScope();
        var others = 1 - Softmax(Teacher[row], 4)[Labels[row]];

        OfRow(new DkdLossSpec { Alpha = 1, Beta = others }).ShouldBe(OfRow(new KdLossSpec()), 1e-10);

        double OfRow(LossSpec spec) => Value(spec, [Student[row]], [Teacher[row]], [Labels[row]], 4);
    }

    [Fact]
    public void Jsd_BetaTowardsZero_IsBetaTimesKd()
    {
        using var scope = NewDisposeScope();

        (Value(new JsdLossSpec { Beta = 1e-7 }) / 1e-7).ShouldBe(Value(new KdLossSpec()), 1e-4);
    }

    [Fact]
    public void Jsd_BetaTowardsOne_IsTheRestTimesReverseKl()
    {
        using var scope = NewDisposeScope();

        (Value(new JsdLossSpec { Beta = 1 - 1e-7 }) / 1e-7).ShouldBe(Value(new ReverseKlLossSpec()), 1e-4);
    }

    [Fact]
    public void Jsd_BetaOfAHalf_IsTheSameWithSidesSwapped()
    {
        using var scope = NewDisposeScope();

        Value(new JsdLossSpec(), Teacher, Student, Labels, 4).ShouldBe(Value(new JsdLossSpec()), 1e-12);
    }

    [Fact]
    public void Kd_TemperatureThatGrows_HasTheGradientOfLogitMatching()
    {
        using var scope = NewDisposeScope();
        var limit = Gradient(new LogitMatchingLossSpec(), 1);

        double[] distances = [.. new double[] { 10, 100, 1_000, 10_000 }.Select(temperature =>
            Gradient(new KdLossSpec(), temperature).Zip(limit, (slope, at) => Math.Abs(slope - at)).Max())];

        distances.ShouldBeInOrder(SortDirection.Descending);
        distances[^1].ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void LogitStandardisation_LogitsStretchedAndMoved_ChangeNothing()
    {
        using var scope = NewDisposeScope();
        double[][] stretched = [.. Student.Select(row => row.Select(logit => (3 * logit) - 2).ToArray())];

        Value(new LogitStandardisationLossSpec(), stretched, Teacher, Labels, 4).ShouldBe(Value(new LogitStandardisationLossSpec()), 1e-5);
    }

    [Fact]
    public void Labels_NotSmoothed_IsPlainCrossEntropyToTheLastBit()
    {
        using var scope = NewDisposeScope();
        var logits_BC = ToTensor(Student, ScalarType.Float32);

        LabelLoss.Of(logits_BC, tensor(Labels), smoothing: 0).item<float>()
            .ShouldBe(nn.functional.cross_entropy(logits_BC, tensor(Labels)).item<float>());
    }

    [Fact]
    public void Dist_OneSample_HasNoRelationBetweenSamplesToLearn()
    {
        using var scope = NewDisposeScope();
        var student_BC = ToTensor([Student[0]]).requires_grad_();

        Term(new DistLossSpec { Beta = 0, Gamma = 2 }, student_BC, [Teacher[0]], [Labels[0]], 1).backward();

        ToArray(student_BC.grad!).ShouldAllBe(slope => slope == 0);
    }

    private static double Value(LossSpec spec) => Value(spec, Student, Teacher, Labels, 4);

    private static double Value(LossSpec spec, double[][] student, double[][] teacher, long[] labels, double temperature) =>
        Term(spec, ToTensor(student), teacher, labels, temperature).item<double>();

    private static double[] Gradient(LossSpec spec, double temperature)
    {
        var student_BC = ToTensor(Student).requires_grad_();
        Term(spec, student_BC, Teacher, Labels, temperature).backward();
        return ToArray(student_BC.grad!);
    }

    private static Tensor Term(LossSpec spec, Tensor student_BC, double[][] teacher, long[] labels, double temperature) =>
        LossTerms.Of(spec).Value(new LossInputs(student_BC, tensor(labels), Smoothing: 0, temperature)
        {
            Teacher_BC = EnsembleTargets.MeanProbabilities([ToTensor(teacher)], temperature),
        });
}
