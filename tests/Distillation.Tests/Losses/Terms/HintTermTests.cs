using Stillhouse.Distillation.Losses.Terms;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Specs;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses.Terms;

/// <summary>The regressors that a hint learns with the student.</summary>
public class HintTermTests
{
    private static readonly HintLossSpec Spec = new() { Features = ["conv1", "fc1"], StudentFeatures = ["conv1", "fc2"] };
    private static readonly FeatureShape[] Student = [new("conv1", [2, 3, 3]), new("fc2", [4])];
    private static readonly FeatureShape[][] Teachers =
    [
        [new("conv1", [5, 3, 3]), new("fc1", [6])],
        [new("conv1", [2, 3, 3]), new("fc1", [7])],
    ];

    [Fact]
    public void Learnt_IsALayerForEachTeacherAndPair()
    {
        using var learnt = Term().Learnt;
        learnt!.named_parameters().Select(entry => (entry.name, StoredTensor.Describe(entry.parameter.shape))).ShouldBe(
        [
            ("0-conv1-conv1.weight", "[5, 2, 1, 1]"), ("0-conv1-conv1.bias", "[5]"), ("0-fc2-fc1.weight", "[6, 4]"), ("0-fc2-fc1.bias", "[6]"),
            ("1-conv1-conv1.weight", "[2, 2, 1, 1]"), ("1-conv1-conv1.bias", "[2]"), ("1-fc2-fc1.weight", "[7, 4]"), ("1-fc2-fc1.bias", "[7]"),
        ]);
    }

    [Fact]
    public void Learnt_BeginsWithWhatTheSeedSays_WhateverTheProcessDrew()
    {
        using var first = Term().Learnt;
        manual_seed(99);
        rand(10).Dispose();
        using var second = Term().Learnt;
        using var other = Term(seed: 2).Learnt;

        ModuleWeights.Encode(second!).ShouldBe(ModuleWeights.Encode(first!));
        ModuleWeights.Encode(other!).ShouldNotBe(ModuleWeights.Encode(first!));
    }

    [Fact]
    public void Value_OfATeacher_ReachesItsOwnRegressorsAlone()
    {
        using var scope = NewDisposeScope();
        var term = Term();

        term.Value(Draw(Student), (Index: 1, Share: 1, Draw(Teachers[1]))).backward();

        foreach (var (name, parameter) in term.Learnt!.named_parameters())
        {
            var isReached = parameter.grad is { } gradient && ToArray(gradient).Any(slope => slope != 0);
            isReached.ShouldBe(name.StartsWith('1'), name);
        }
    }

    [Fact]
    public void Value_OfAPairNamedTwice_CountsTwice()
    {
        using var scope = NewDisposeScope();
        HintLossSpec once = new() { Features = ["conv1"] };
        HintLossSpec twice = new() { Features = ["conv1", "conv1"] };

        Value(twice).ShouldBe(2 * Value(once), 1e-5f);

        static float Value(HintLossSpec spec) => FeatureTerms.Create(spec, Student, [Teachers[0]], ScalarType.Float32)
            .Value(Draw(Student), (Index: 0, Share: 1, Draw(Teachers[0]))).item<float>();
    }

    private static ILossTerm Term(long seed = 1) => FeatureTerms.Create(Spec, Student, Teachers, ScalarType.Float32, seed);

    private static BatchFeature[] Draw(FeatureShape[] shapes) =>
        [.. shapes.Index().Select(shape => BatchFeature.Draw(shape.Item, shape.Index, rows: 3, ScalarType.Float32))];
}
