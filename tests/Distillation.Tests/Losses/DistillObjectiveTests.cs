using Microsoft.Extensions.Time.Testing;
using Stillhouse.Distillation.Losses;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses;

public class DistillObjectiveTests
{
    private const int Classes = 5;

    private static readonly DistillationSpec Spec = new() { Temperature = 4, Alpha = 0.9 };
    private static readonly Batch Batch = new(7, Split.Train, View.Plain, [4, 2]);
    private static readonly double[][] First = Logits(1, 2, Classes);
    private static readonly double[][] Second = Logits(2, 2, Classes);
    private static readonly double[][] Student = Logits(3, 2, Classes);

    [Theory]
    [InlineData(EnsembleName.MeanProbabilities)]
    [InlineData(EnsembleName.MeanLogits)]
    [InlineData(EnsembleName.WeightedProbabilities)]
    public void Loss_TargetsOfTwoTeachers_IsTheKdLossAgainstTheirCombination(string ensemble)
    {
        using var scope = NewDisposeScope();
        ArrayTargets[] targets = [ArrayTargets.Of(First), ArrayTargets.Of(Second)];
        var time = new FakeTimeProvider();
        var feed = new ScriptedFeed(time, TimeSpan.FromMilliseconds(30), _ => targets);
        var objective = new DistillObjective(Spec with { Ensemble = ensemble }, [1, 3], feed, time);

        var loss = Loss(objective);

        loss.ShouldBe(Expected(EnsembleTargets.Named(ensemble)([Tensor(First), Tensor(Second)], [0.25, 0.75], 4)), 1e-6f);
        objective.Waited.ShouldBe(TimeSpan.FromMilliseconds(30));
        targets.ShouldAllBe(used => used.IsDisposed);
    }

    [Fact]
    public void Loss_WhereAQuorumLeftATeacherOut_IsThatOfTheOthers()
    {
        using var scope = NewDisposeScope();
        var whole = Loss(Objective(Spec with { Ensemble = EnsembleName.WeightedProbabilities }, [3, 1], null, ArrayTargets.Of(Second)));

        whole.ShouldBe(Loss(Objective(Spec, [1], ArrayTargets.Of(Second))), 1e-7f);
    }

    [Fact]
    public void Loss_SparseTargets_IsTheWeightedSumOfTheirDivergences()
    {
        using var scope = NewDisposeScope();
        SparseArrayTargets[] targets = [SparseArrayTargets.Top(First, 2, 4), SparseArrayTargets.Top(Second, 2, 4)];
        var weighted = Spec with { Ensemble = EnsembleName.WeightedProbabilities, Alpha = 1 };

        var loss = Loss(Objective(weighted, [1, 3], targets));

        var single = targets.Select(only => Loss(Objective(weighted, [1], only))).ToArray();
        loss.ShouldBe((0.25f * single[0]) + (0.75f * single[1]), 1e-6f);
        targets.ShouldAllBe(used => used.IsDisposed);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public void Loss_SparseTargetsOfEveryClass_CanBeTemperedLikeLogits(double temperature)
    {
        using var scope = NewDisposeScope();

        Loss(Objective(Spec, [1], SparseArrayTargets.Top(First, Classes, temperature)))
            .ShouldBe(Loss(Objective(Spec, [1], ArrayTargets.Of(First))), 1e-6f);
    }

    [Fact]
    public void Loss_SparseTargetsAtAnotherTemperature_IsRefused() =>
        Should.Throw<InvalidOperationException>(() => Loss(Objective(Spec, [1], SparseArrayTargets.Top(First, 2, 1))))
            .Message.ShouldContain("some of 5 classes at temperature 1");

    [Fact]
    public void Loss_ClassesDrawnAtRandom_AreNotTakenForAllOfThem()
    {
        using var scope = NewDisposeScope();
        var none = (0L, double.NegativeInfinity);
        (long, double)[] row = [(2, Math.Log(0.75)), (4, Math.Log(0.25)), none, none, none];
        var drawn = new SparseArrayTargets(Classes, 4, [row, row], [double.NegativeInfinity, double.NegativeInfinity]);

        var loss = Loss(Objective(Spec with { Alpha = 1 }, [1], drawn));

        var expected = Student.Average(student => 16 * Kl([0.75, 0.25], [Softmax(student, 4)[2], Softmax(student, 4)[4]]));
        loss.ShouldBe((float)expected, 1e-5f);
        Should.Throw<InvalidOperationException>(() => Loss(Objective(Spec with { Ensemble = EnsembleName.MeanLogits }, [1], drawn)));
    }

    [Fact]
    public void Loss_TargetsOfFewerTeachersThanWeights_IsRefused() =>
        Should.Throw<InvalidOperationException>(() => Loss(Objective(Spec, [1, 1], ArrayTargets.Of(First))))
            .Message.ShouldContain("targets of 1 of 1 teachers, where 2 have weights");

    [Fact]
    public void Loss_WhenCombiningFails_StillDisposesTheTargets()
    {
        using var scope = NewDisposeScope();
        ArrayTargets[] unequal = [new([1, 2, 3, 4, 5], 5), new([1, 2], 2)];

        Should.Throw<Exception>(() => Loss(Objective(Spec, [1, 1], unequal)));

        unequal.ShouldAllBe(targets => targets.IsDisposed);
    }

    private static DistillObjective Objective(DistillationSpec spec, double[] weights, params BatchTargets?[] targets) =>
        new(spec, weights, new ScriptedFeed(new FakeTimeProvider(), TimeSpan.Zero, _ => targets), TimeProvider.System);

    private static float Loss(DistillObjective objective) =>
        objective.Loss(Batch, Tensor(Student), tensor(new long[] { 0, 2 }), CancellationToken.None).item<float>();

    private static float Expected(Tensor target_BC) =>
        KdLoss.Of(KdLoss.Soft(target_BC, Tensor(Student), 4), Tensor(Student), tensor(new long[] { 0, 2 }), 0.9).item<float>();

    private static Tensor Tensor(double[][] logits) => ToTensor(logits, ScalarType.Float32);
}
