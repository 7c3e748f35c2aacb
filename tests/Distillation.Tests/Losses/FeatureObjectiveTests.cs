using Microsoft.Extensions.Time.Testing;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Losses.Terms;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Tests.Losses.Terms;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses;

/// <summary>Losses of rows that have features behind their logits.</summary>
public class FeatureObjectiveTests
{
    private const int Rows = 3;
    private const int Classes = 4;

    private static readonly Batch Batch = new(7, Split.Train, View.Plain, [4, 2, 0]);
    private static readonly double[][] Logits = Arrays.Logits(1, Rows, Classes);

    private static readonly FeatureShape[] Student = [new("conv1", [2, 2, 3]), new("fc1", [3])];
    private static readonly FeatureShape[][] Teachers =
    [
        [new("conv1", [3, 2, 3]), new("fc1", [5])],
        [new("conv1", [4, 2, 3]), new("fc1", [2])],
    ];

    private static readonly AttentionLossSpec Attention = new() { Features = ["conv1"] };
    private static readonly SimilarityLossSpec Similarity = new() { Features = ["fc1"] };

    public static TheoryData<DistillationSpec> OnLogits =>
    [
        new DistillationSpec(),
        new DistillationSpec { Ensemble = EnsembleName.MeanLogits },
        .. new LossSpec[] { new KdLossSpec(), new DkdLossSpec(), new LogitMatchingLossSpec(), new LabelsLossSpec() }.Select(loss => Of(loss)),
    ];

    [Fact]
    public void Features_AreTheStudentsModulesThatLossesCompare_EachOnce()
    {
        using var objective = Objective(
            new DistillationSpec { Losses = [new KdLossSpec(), Attention, Similarity, new RkdLossSpec { Features = ["conv1"], StudentFeatures = ["fc1"] }] }, [1]);

        objective.Features.ShouldBe(["conv1", "fc1"]);
    }

    [Fact]
    public void Loss_OfTeachersOfDifferentSizes_SplitsEachOfTheirRows()
    {
        using var scope = NewDisposeScope();
        ArrayTargets[] targets = [Targets(0), Targets(1)];
        var spec = Of(Attention with { Weight = 2 }, Similarity with { Weight = 3 }, new ReverseKlLossSpec());

        var loss = Loss(Objective(spec, [1, 3], targets));

        var onLogits = Loss(Objective(Of(new ReverseKlLossSpec()), [1, 3], Targets(0), Targets(1)));
        loss.ShouldBe(onLogits + (float)((2 * Expected(Attention, 0, 0.25, 0.75)) + (3 * Expected(Similarity, 1, 0.25, 0.75))), 1e-5f);
        targets.ShouldAllBe(used => used.IsDisposed);
    }

    [Fact]
    public void Loss_WhereAQuorumLeftATeacherOut_IsThatOfTheOthers()
    {
        using var scope = NewDisposeScope();

        Loss(Objective(Of(Attention, Similarity), [1, 3], null, Targets(1)))
            .ShouldBe((float)(Expected(Attention, 0, 0, 1) + Expected(Similarity, 1, 0, 1)), 1e-6f);
    }

    [Fact]
    public void Loss_OfAHintWhereAQuorumLeftATeacherOut_TeachesTheRegressorsOfTheOthers()
    {
        using var scope = NewDisposeScope();
        var objective = Objective(Of(new HintLossSpec { Features = ["fc1"] }), [1, 1], null, Targets(1));

        objective.Loss(Batch, Output(), Labels(), CancellationToken.None).backward();

        objective.Parameters.Select(parameter => (parameter.shape[0], parameter.grad is not null))
            .ShouldBe([(5, false), (5, false), (2, true), (2, true)]);
    }

    [Theory]
    [MemberData(nameof(OnLogits))]
    public void Loss_OnLogitsWhereRowsHaveFeatures_IsThatOfTheLogitsToTheLastBit(DistillationSpec spec)
    {
        using var scope = NewDisposeScope();
        var bare = new DistillObjective(spec, Steps(), [1, 3], Feed(ArrayTargets.Of(Logits), ArrayTargets.Of(Turned())), TimeProvider.System);

        LossAndGradient(Objective(spec, [1, 3], Targets(0), new ArrayTargets(Values(1, Turned()), Width(1)))).ShouldBe(LossAndGradient(bare));
    }

    [Fact]
    public void Parameters_OfTwoHints_AreEachTheirOwn()
    {
        var hint = new HintLossSpec { Features = ["fc1"] };
        using var objective = Objective(Of(hint, Similarity, hint), [1, 1]);

        var first = objective.Parameters.Take(4).SelectMany(ToArray).ToArray();
        var second = objective.Parameters.Skip(4).SelectMany(ToArray).ToArray();

        second.Length.ShouldBe(first.Length);
        second.ShouldNotBe(first);
    }

    [Fact]
    public void Save_BesidesAHint_IsWhatRestoreBringsBack()
    {
        var spec = Of(Similarity, new HintLossSpec { Features = ["conv1", "fc1"] });
        using var first = Objective(spec, [1, 1]);
        using var other = Objective(spec, [1, 1], seed: 2);
        other.Save().ShouldNotBe(first.Save());

        other.Restore(first.Save());

        other.Save().ShouldBe(first.Save());
    }

    [Fact]
    public void Save_WhereNothingIsLearntBesidesTheStudent_IsEmpty()
    {
        using var objective = Objective(Of(Similarity, Attention), [1, 1]);

        objective.Parameters.ShouldBeEmpty();
        objective.Save().ShouldBeEmpty();
        objective.Restore([]);
    }

    private static DistillationSpec Of(params LossSpec[] losses) => new() { Ensemble = EnsembleName.WeightedProbabilities, Losses = losses };

    private static DistillObjective Objective(DistillationSpec spec, double[] weights, params BatchTargets?[] targets) =>
        Objective(spec, weights, seed: 1, targets);

    private static DistillObjective Objective(DistillationSpec spec, double[] weights, long seed, params BatchTargets?[] targets) => new(
        spec, Steps(), weights, Feed(targets), TimeProvider.System, routes_CM: null, new ComparedNetworks(Student, Teachers, seed, CPU));

    private static ScriptedFeed Feed(params BatchTargets?[] targets) => new(new FakeTimeProvider(), TimeSpan.Zero, _ => targets);

    private static TrainingSteps Steps() => new(
        new NetworkTraining(
            new MlpSpec { Widths = [1, Classes] }, new TrainingSpec { Epochs = 1, BatchSize = Rows }, new ScheduleSpec(), Seed: 1),
        new SampleSet(new byte[30], new byte[30]));

    private static float Loss(DistillObjective objective) => objective.Loss(Batch, Output(), Labels(), CancellationToken.None).item<float>();

    private static double[] LossAndGradient(DistillObjective objective)
    {
        var output = Output();
        output.Logits_BC.requires_grad_();
        var loss = objective.Loss(Batch, output, Labels(), CancellationToken.None);
        loss.backward();
        return [loss.item<float>(), .. ToArray(output.Logits_BC.grad!)];
    }

    private static NetworkOutput Output() => new(ToTensor(Arrays.Logits(9, Rows, Classes), ScalarType.Float32))
    {
        Features = Student.Index().ToDictionary(
            feature => feature.Item.Name, feature => BatchFeature.Draw(feature.Item, feature.Index, Rows, ScalarType.Float32).Shaped),
    };

    private static Tensor Labels() => tensor(new long[] { 0, 2, 3 });

    private static double[][] Turned() => [.. Logits.Reverse()];

    private static ArrayTargets Targets(int teacher) => new(Values(teacher, Logits), Width(teacher));

    private static int Width(int teacher) => Classes + Teachers[teacher].Sum(feature => feature.Size);

    /// <summary>Rows of <c>[logits | conv1 | fc1]</c>.</summary>
    private static float[] Values(int teacher, double[][] logits) =>
    [
        .. Enumerable.Range(0, Rows)
            .SelectMany(row => logits[row].Concat(Feature(teacher, 0)[row]).Concat(Feature(teacher, 1)[row]))
            .Select(value => (float)value),
    ];

    private static double[][] Feature(int teacher, int module) =>
        Arrays.Logits((10 * teacher) + module + 20, Rows, Teachers[teacher][module].Size);

    /// <summary>The formula's mean over the teachers by their shares.</summary>
    private static double Expected(FeatureLossSpec loss, int module, params double[] shares) => shares.Index().Sum(teacher =>
        teacher.Item * ArrayFeatureLosses.Of(
            loss,
            Arrays.Logits(module, Rows, Student[module].Size),
            Feature(teacher.Index, module),
            places: Student[module].Size / Student[module].Shape[0],
            regressor: []));
}
