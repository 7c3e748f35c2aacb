using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Stillhouse.Distillation.Losses;
using Stillhouse.Messages.Specs;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses;

public class EnsembleTargetsTests
{
    private const double Temperature = 3;
    private static readonly double[][][] Teachers = [Logits(1, 4, 5), Logits(2, 4, 5), Logits(3, 4, 5)];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void MeanProbabilities_SeveralTeachers_IsTheLogarithmOfTheMean(int members)
    {
        using var scope = NewDisposeScope();
        var teachers = Teachers[..members];
        var expected = Enumerable.Range(0, 4).SelectMany(row =>
            Mean(teachers.Select(teacher => Softmax(teacher[row], Temperature))).Select(value => Math.Log(value)));

        var target_BC = EnsembleTargets.MeanProbabilities([.. teachers.Select(teacher => ToTensor(teacher))], Temperature);

        ToArray(target_BC).ShouldBe(expected, 1e-10);
    }

    [Fact]
    public void MeanLogits_SeveralTeachers_IsTheSoftmaxOfTheMean()
    {
        using var scope = NewDisposeScope();
        var expected = Enumerable.Range(0, 4).SelectMany(row =>
            Softmax(Mean(Teachers.Select(teacher => teacher[row])), Temperature).Select(value => Math.Log(value)));

        var target_BC = EnsembleTargets.MeanLogits([.. Teachers.Select(teacher => ToTensor(teacher))], Temperature);

        ToArray(target_BC).ShouldBe(expected, 1e-10);
    }

    [Fact]
    public void RoutedProbabilities_WeighsTheTeachersByTheClassThatTheyTakeASampleFor()
    {
        using var scope = NewDisposeScope();
        double[][] weights = [.. Enumerable.Range(0, 5).Select(label => new[] { 1.0 + label, 2.0, 5.0 - label })];
        var expected = Enumerable.Range(0, 4).SelectMany(row =>
        {
            var mean = Mean(Teachers.Select(teacher => Softmax(teacher[row], 1)));
            var route = weights[Array.IndexOf(mean, mean.Max())];
            return Teachers
                .Zip(route, (teacher, weight) => Softmax(teacher[row], Temperature).Select(value => weight * value / route.Sum()).ToArray())
                .Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)])
                .Select(value => Math.Log(value));
        });

        var target_BC = EnsembleTargets.RoutedProbabilities([.. Teachers.Select(teacher => ToTensor(teacher))], weights, Temperature);

        ToArray(target_BC).ShouldBe(expected, 1e-10);
    }

    [Fact]
    public void WeightedProbabilities_SeveralTeachers_IsTheLogarithmOfTheWeightedMean()
    {
        using var scope = NewDisposeScope();
        double[] weights = [0.2, 0.5, 0.3];
        var expected = Enumerable.Range(0, 4).SelectMany(row => Teachers
            .Zip(weights, (teacher, weight) => Softmax(teacher[row], Temperature).Select(value => weight * value).ToArray())
            .Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)])
            .Select(value => Math.Log(value)));

        var target_BC = EnsembleTargets.WeightedProbabilities([.. Teachers.Select(teacher => ToTensor(teacher))], weights, Temperature);

        ToArray(target_BC).ShouldBe(expected, 1e-10);
    }

    [Fact]
    public void MeanProbabilities_LogitsFarApart_StaysFinite()
    {
        using var scope = NewDisposeScope();
        var logits_BC = ToTensor([[500, -500], [-500, 500]], ScalarType.Float32);
        EnsembleTargets.MeanProbabilities([logits_BC, logits_BC], 0.5).isfinite().all().item<bool>().ShouldBeTrue();
    }

    [Fact]
    public void MeanProbabilities_StudentGradient_IsTheMeanOverSingleTeachers()
    {
        using var scope = NewDisposeScope();
        var student = Logits(9, 4, 5);
        var joint = Gradient(student, Teachers);
        var single = Mean(Teachers.Select(teacher => Gradient(student, [teacher])));
        joint.ShouldBe(single, 1e-12);
    }

    [Fact]
    public void Named_EveryNameASpecMayUse_IsKnown()
    {
        var allowed = typeof(DistillationSpec).GetProperty(nameof(DistillationSpec.Ensemble))!
            .GetCustomAttribute<AllowedValuesAttribute>()!.Values;
        allowed.ShouldAllBe(name => EnsembleTargets.Named((string)name!) != null);
    }

    [Fact]
    public void Named_AnotherName_IsRefusedWithTheKnownOnes() =>
        Should.Throw<ArgumentException>(() => EnsembleTargets.Named("median")).Message.ShouldContain("known are mean-probabilities");

    private static double[] Gradient(double[][] student, double[][][] teachers)
    {
        var student_BC = ToTensor(student).requires_grad_();
        var target_BC = EnsembleTargets.MeanProbabilities([.. teachers.Select(teacher => ToTensor(teacher))], Temperature);
        KdLoss.Soft(target_BC, student_BC, Temperature).backward();
        return ToArray(student_BC.grad!);
    }
}
