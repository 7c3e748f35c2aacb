using CsCheck;
using Stillhouse.Distillation.Losses;
using Stillhouse.Messages.Randomness;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses;

public class SparseKdLossTests
{
    private const int Rows = 3;
    private const int Classes = 6;
    private const double Temperature = 2;

    private static readonly double[][] Teacher = Logits(1, Rows, Classes);
    private static readonly double[][] Student = Logits(2, Rows, Classes);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Soft_TopClassesAndARest_IsTheDivergenceOfTheirBuckets(int k)
    {
        using var scope = NewDisposeScope();
        Top(ToTensor(Student), k).item<double>().ShouldBe(Reference(Teacher, Student, k), 1e-6);
    }

    [Fact]
    public void Soft_EveryClass_IsTheFullDivergence()
    {
        using var scope = NewDisposeScope();
        Top(ToTensor(Student), Classes).item<double>().ShouldBe(Full(Teacher, Student), 1e-6);
    }

    [Fact]
    public void Soft_AnyLogits_IsALowerBoundOfTheFullDivergence() =>
        Gen.Select(Gen.Long, Gen.Int[1, Classes]).Sample((seed, k) =>
        {
            var (teacher, student) = (Logits(seed, Rows, Classes), Logits(seed + 1, Rows, Classes));
            using var scope = NewDisposeScope();
            Loss(ToTensor(student), SparseArrayTargets.Top(teacher, k, Temperature)).item<double>()
                .ShouldBeLessThanOrEqualTo(Full(teacher, student) + 1e-6);
        });

    [Fact]
    public void Soft_StudentThatMatchesInEveryBucket_IsZero()
    {
        using var scope = NewDisposeScope();
        Loss(ToTensor(Teacher), SparseArrayTargets.Top(Teacher, 2, Temperature)).item<double>().ShouldBe(0, 1e-6);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(Classes)]
    public void Soft_Gradient_IsTheSlopeOfTheFormula(int k)
    {
        using var scope = NewDisposeScope();
        var student_BC = ToTensor(Student).requires_grad_();
        Top(student_BC, k).backward();
        var gradient = ToArray(student_BC.grad!);

        for (var index = 0; index < gradient.Length; index++)
        {
            var slope = (Reference(Teacher, Moved(index, 1e-5), k) - Reference(Teacher, Moved(index, -1e-5), k)) / 2e-5;
            gradient[index].ShouldBe(slope, 1e-6);
        }
    }

    [Fact]
    public void Soft_RowsWithAndWithoutARestAndUnusedSlots_StayFinite()
    {
        using var scope = NewDisposeScope();
        var none = double.NegativeInfinity;
        var targets = new SparseArrayTargets(
            Classes,
            Temperature,
            [[(0, Math.Log(0.5)), (3, Math.Log(0.2))], [(4, 0), (0, none)], [(5, Math.Log(0.5)), (0, Math.Log(0.5))]],
            [Math.Log(0.3), none, none]);
        var student_BC = ToTensor(Student).requires_grad_();

        var loss = Loss(student_BC, targets);
        loss.backward();

        var q = Student.Select(row => Softmax(row, Temperature)).ToArray();
        var rest = q[0][1] + q[0][2] + q[0][4] + q[0][5];
        var expected = Temperature * Temperature / Rows * (
            Kl([0.5, 0.2, 0.3], [q[0][0], q[0][3], rest]) + Math.Log(1 / q[1][4]) + Kl([0.5, 0.5], [q[2][5], q[2][0]]));
        loss.item<double>().ShouldBe(expected, 1e-6);
        ToArray(student_BC.grad!).ShouldAllBe(value => double.IsFinite(value));
    }

    [Fact]
    public void Soft_ClassesDrawnAtRandom_HasTheFullGradientOnAverage()
    {
        const int Draws = 8;
        const int Repeats = 4_000;
        using var scope = NewDisposeScope();
        var random = new SplitMix64(3);
        double[][] teacher = [.. Enumerable.Repeat(Teacher[0], Repeats)];
        double[][] student = [.. Enumerable.Repeat(Student[0], Repeats)];
        var student_BC = ToTensor(student).requires_grad_();

        Loss(student_BC, Drawn(teacher, Draws, random)).backward();

        var mean = ToArray(student_BC.grad!).Chunk(Classes).Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)]);
        var (p, q) = (Softmax(Teacher[0], Temperature), Softmax(Student[0], Temperature));
        // Soft averages over the batch, so the rows' gradients add up to their mean; its standard error is below T·0.5 / √(8·4000).
        mean.ShouldBe(q.Zip(p, (b, a) => Temperature * (b - a)), 5 * Temperature * 0.5 / Math.Sqrt(Draws * Repeats));
    }

    private static SparseArrayTargets Drawn(double[][] logits, int draws, SplitMix64 random)
    {
        var rows = logits.Select(row =>
        {
            var p = Softmax(row, Temperature);
            var counts = Enumerable.Range(0, draws).Select(_ => Draw(p, random.Unit())).CountBy(label => label);
            var kept = counts.Select(count => ((long)count.Key, Math.Log((double)count.Value / draws)));
            return kept.Concat(Enumerable.Repeat((0L, double.NegativeInfinity), draws)).Take(draws).ToArray();
        });
        return new SparseArrayTargets(Classes, Temperature, [.. rows], [.. logits.Select(_ => double.NegativeInfinity)]);
    }

    private static int Draw(double[] p, double at)
    {
        var label = 0;
        for (var sum = p[0]; sum <= at && label < p.Length - 1; sum += p[label])
        {
            label++;
        }

        return label;
    }

    private static Tensor Top(Tensor student_BC, int k) => Loss(student_BC, SparseArrayTargets.Top(Teacher, k, Temperature));

    private static Tensor Loss(Tensor student_BC, SparseArrayTargets targets)
    {
        var (classes_BK, target_BK, rest_B) = TeacherTargets.Kept(targets, CPU);
        return SparseKdLoss.Soft(classes_BK, target_BK.to(ScalarType.Float64), rest_B?.to(ScalarType.Float64), student_BC, Temperature);
    }

    private static double Reference(double[][] teacher, double[][] student, int k) =>
        Temperature * Temperature * teacher.Zip(student).Average(row =>
        {
            var (p, q) = (Softmax(row.First, Temperature), Softmax(row.Second, Temperature));
            var kept = Enumerable.Range(0, Classes).OrderByDescending(label => p[label]).Take(k).ToArray();
            double[] Buckets(double[] from) =>
                [.. kept.Select(label => from[label]), .. k < Classes ? [from.Where((_, label) => !kept.Contains(label)).Sum()] : Array.Empty<double>()];
            return Kl(Buckets(p), Buckets(q));
        });

    private static double Full(double[][] teacher, double[][] student) =>
        Temperature * Temperature * teacher.Zip(student).Average(row =>
            Kl(Softmax(row.First, Temperature), Softmax(row.Second, Temperature)));

    private static double[][] Moved(int index, double by)
    {
        double[][] moved = [.. Student.Select(row => row.ToArray())];
        moved[index / Classes][index % Classes] += by;
        return moved;
    }
}
