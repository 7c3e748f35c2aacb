using Microsoft.Extensions.Time.Testing;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
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
        var objective = new DistillObjective(Spec with { Ensemble = ensemble }, Steps(), [1, 3], feed, time);

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
    public void Loss_OfRoutedTeachers_IsThatOfTheRouteOfEachSample_AlsoWithoutOneOfThem()
    {
        using var scope = NewDisposeScope();
        var routed = Spec with { Ensemble = EnsembleName.RoutedProbabilities };
        double[][] routes = [.. Enumerable.Range(0, Classes).Select(label => new[] { 1.0 + label, 2.0 })];

        var loss = Loss(Routed(routed, routes, ArrayTargets.Of(First), ArrayTargets.Of(Second)));
        loss.ShouldBe(Expected(EnsembleTargets.RoutedProbabilities([Tensor(First), Tensor(Second)], routes, 4)), 1e-6f);
        Loss(Routed(routed, routes, null, ArrayTargets.Of(Second))).ShouldBe(Loss(Objective(Spec, [1], ArrayTargets.Of(Second))), 1e-6f);
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

    [Fact]
    public void Loss_OfListedTerms_IsTheirWeightedSum()
    {
        using var scope = NewDisposeScope();
        var listed = Spec with { Alpha = 0.5, Losses = [new KdLossSpec { Weight = 0.9 }, new LabelsLossSpec { Weight = 0.1 }] };

        var loss = Loss(Objective(listed, [1, 3], ArrayTargets.Of(First), ArrayTargets.Of(Second)));

        loss.ShouldBe(Loss(Objective(Spec, [1, 3], ArrayTargets.Of(First), ArrayTargets.Of(Second))), 1e-6f);
    }

    [Fact]
    public void Loss_OfListedTermsWithSparseTargets_IsTheirWeightedSum()
    {
        using var scope = NewDisposeScope();
        var listed = Spec with { Losses = [new KdLossSpec { Weight = 0.9 }, new LabelsLossSpec { Weight = 0.1 }] };
        SparseArrayTargets[] targets = [SparseArrayTargets.Top(First, 2, 4), SparseArrayTargets.Top(Second, 2, 4)];

        Loss(Objective(listed, [1, 1], targets)).ShouldBe(Loss(Objective(Spec, [1, 1], targets)), 1e-6f);
    }

    [Fact]
    public void Loss_ThatNeedsEveryClass_TakesSparseTargetsOfEveryClass()
    {
        using var scope = NewDisposeScope();
        var spec = Spec with { Losses = [new ReverseKlLossSpec()] };

        Loss(Objective(spec, [1], SparseArrayTargets.Top(First, Classes, 4)))
            .ShouldBe(Loss(Objective(spec, [1], ArrayTargets.Of(First))), 1e-5f);
    }

    [Fact]
    public void Loss_OfListedTermsWhereAQuorumLeftATeacherOut_IsThatOfTheOthers()
    {
        using var scope = NewDisposeScope();
        var spec = Spec with { Losses = [new ReverseKlLossSpec()] };

        Loss(Objective(spec, [1, 1], null, ArrayTargets.Of(Second))).ShouldBe(Loss(Objective(spec, [1], ArrayTargets.Of(Second))));
    }

    [Fact]
    public void Loss_OfAScheduledWeight_FollowsTheStep()
    {
        using var scope = NewDisposeScope();
        var spec = Spec with { Losses = [new KdLossSpec { Weight = 2, Schedule = new WarmUpFactorSpec { Epochs = 1.4 } }] };

        var warming = Loss(Objective(spec, [1], ArrayTargets.Of(First)));

        // Step 7 of 10 in an epoch: half of 1.4 epochs have passed.
        warming.ShouldBe(Loss(Objective(Spec with { Alpha = 1 }, [1], ArrayTargets.Of(First))), 1e-5f);
    }

    [Fact]
    public void Loss_OfAScheduledTemperature_FollowsTheStep()
    {
        using var scope = NewDisposeScope();
        var cooling = Spec with { Temperature = 8, TemperatureSchedule = new LinearFactorSpec { From = 1.7, To = 0.8 } };

        // Step 7 of 10: 1.7 - 0.9·7/9 = 1.
        Loss(Objective(cooling, [1], ArrayTargets.Of(First)))
            .ShouldBe(Loss(Objective(Spec with { Temperature = 8 }, [1], ArrayTargets.Of(First))), 1e-5f);
    }

    [Fact]
    public void Loss_OfSmoothedLabels_SmoothsTheHardPartAlone()
    {
        using var scope = NewDisposeScope();
        float Smoothed(DistillationSpec spec) => Loss(Objective(spec, Steps(smoothing: 0.2), [1], ArrayTargets.Of(First)));
        var target_BC = EnsembleTargets.MeanProbabilities([Tensor(First)], 4);
        var expected = KdLoss.WithLabels(KdLoss.Soft(target_BC, Tensor(Student), 4), Tensor(Student), Labels(), 0.9, 0.2).item<float>();

        Smoothed(Spec).ShouldBe(expected, 1e-6f);
        Smoothed(Spec with { Losses = [new KdLossSpec { Weight = 0.9 }, new LabelsLossSpec { Weight = 0.1 }] }).ShouldBe(expected, 1e-5f);
        Smoothed(Spec with { Alpha = 1 }).ShouldBe(Loss(Objective(Spec with { Alpha = 1 }, [1], ArrayTargets.Of(First))), 1e-5f);
    }

    private static TrainingSteps Steps(double smoothing = 0) => new(
        new NetworkTraining(
            new MlpSpec { Widths = [1, Classes] },
            new TrainingSpec { Epochs = 1, BatchSize = 2, LabelSmoothing = smoothing },
            new ScheduleSpec(),
            Seed: 1),
        new SampleSet(new byte[20], new byte[20]));

    private static DistillObjective Objective(DistillationSpec spec, double[] weights, params BatchTargets?[] targets) =>
        Objective(spec, Steps(), weights, targets);

    private static DistillObjective Objective(DistillationSpec spec, TrainingSteps steps, double[] weights, params BatchTargets?[] targets) =>
        new(spec, steps, weights, new ScriptedFeed(new FakeTimeProvider(), TimeSpan.Zero, _ => targets), TimeProvider.System);

    private static DistillObjective Routed(DistillationSpec spec, double[][] routes, params BatchTargets?[] targets) =>
        new(spec, Steps(), [1, 1], new ScriptedFeed(new FakeTimeProvider(), TimeSpan.Zero, _ => targets), TimeProvider.System, routes);

    private static float Loss(DistillObjective objective) =>
        objective.Loss(Batch, new NetworkOutput(Tensor(Student)), Labels(), CancellationToken.None).item<float>();

    private static float Expected(Tensor target_BC) =>
        KdLoss.WithLabels(KdLoss.Soft(target_BC, Tensor(Student), 4), Tensor(Student), Labels(), 0.9, smoothing: 0).item<float>();

    private static Tensor Labels() => tensor(new long[] { 0, 2 });

    private static Tensor Tensor(double[][] logits) => ToTensor(logits, ScalarType.Float32);
}
