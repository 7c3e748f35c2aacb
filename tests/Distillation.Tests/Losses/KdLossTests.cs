using Stillhouse.Distillation.Losses;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses;

public class KdLossTests
{
    private const int Rows = 5;
    private const int Classes = 4;

    private static readonly double[][] Teacher = Logits(1, Rows, Classes);
    private static readonly double[][] Student = Logits(2, Rows, Classes);
    private static readonly long[] Labels = [0, 3, 1, 1, 2];

    [Theory]
    [InlineData(1, 0.9)]
    [InlineData(4, 0.9)]
    [InlineData(20, 0.5)]
    [InlineData(4, 0)]
    [InlineData(0.5, 1)]
    public void Of_AnyWeights_IsTheFormula(double temperature, double alpha)
    {
        using var scope = NewDisposeScope();
        var expected = Reference(Student, temperature, alpha);
        Loss(ToTensor(Student), temperature, alpha).item<double>().ShouldBe(expected, 1e-10);
        Loss(ToTensor(Student, ScalarType.Float32), temperature, alpha).to(ScalarType.Float64).item<double>()
            .ShouldBe(expected, 1e-6 * Math.Max(1, expected));
    }

    [Theory]
    [InlineData(1, 0.9)]
    [InlineData(4, 0.7)]
    public void Of_Gradient_IsTheSlopeOfTheFormula(double temperature, double alpha)
    {
        using var scope = NewDisposeScope();
        var student_BC = ToTensor(Student).requires_grad_();
        Loss(student_BC, temperature, alpha).backward();
        var gradient = ToArray(student_BC.grad!);

        for (var index = 0; index < gradient.Length; index++)
        {
            var slope = (Reference(Moved(index, 1e-5), temperature, alpha) - Reference(Moved(index, -1e-5), temperature, alpha)) / 2e-5;
            gradient[index].ShouldBe(slope, 1e-6);
        }
    }

    /// <summary>-100 stands for a sample without a label; by one pass over binary32, and by torch.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Of_TeachersAlone_DoesWithoutLabels(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var student_BC = ToTensor(Student, type);
        var teacher_BC = LogProbabilities(Teacher, 4).to(type);
        double Of(params long[] labels) => KdLoss.Of(teacher_BC, student_BC, tensor(labels), 4, alpha: 1).to(ScalarType.Float64).item<double>();

        Of(-100, -100, -100, -100, -100).ShouldBe(Of(Labels));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Soft_TeacherEqualsStudent_IsZero(double temperature)
    {
        using var scope = NewDisposeScope();
        var logits_BC = ToTensor(Student);
        KdLoss.Soft(LogProbabilities(Student, temperature), logits_BC, temperature).item<double>().ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Soft_HighTemperature_MatchesCentredLogits()
    {
        const double Temperature = 1e5;
        using var scope = NewDisposeScope();
        var student_BC = ToTensor(Student).requires_grad_();
        KdLoss.Soft(LogProbabilities(Teacher, Temperature), student_BC, Temperature).backward();

        var gradient = ToArray(student_BC.grad!);

        for (var index = 0; index < gradient.Length; index++)
        {
            var (s, t) = (Student[index / Classes], Teacher[index / Classes]);
            var centred = s[index % Classes] - s.Average() - (t[index % Classes] - t.Average());
            gradient[index].ShouldBe(centred / Classes / Rows, 1e-4);
        }
    }

    private static Tensor Loss(Tensor student_BC, double temperature, double alpha) => KdLoss.Of(
        LogProbabilities(Teacher, temperature).to(student_BC.dtype), student_BC, tensor(Labels), temperature, alpha);

    private static Tensor LogProbabilities(double[][] logits, double temperature) =>
        EnsembleTargets.MeanProbabilities([ToTensor(logits)], temperature);

    private static double Reference(double[][] student, double temperature, double alpha)
    {
        var soft = Enumerable.Range(0, Rows).Average(row =>
            Kl(Softmax(Teacher[row], temperature), Softmax(student[row], temperature)));
        var hard = Enumerable.Range(0, Rows).Average(row => -Math.Log(Softmax(student[row])[Labels[row]]));
        return (alpha * temperature * temperature * soft) + ((1 - alpha) * hard);
    }

    private static double[][] Moved(int index, double by)
    {
        double[][] moved = [.. Student.Select(row => row.ToArray())];
        moved[index / Classes][index % Classes] += by;
        return moved;
    }
}
