using System.Reflection;
using System.Text.Json.Serialization;
using CsCheck;
using Stillhouse.Distillation.Losses.Terms;
using Stillhouse.Messages.Specs;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses.Terms;

/// <summary>What holds for every loss on features.</summary>
public class FeatureTermContractTests
{
    private const int Rows = 5;

    private static readonly string[] Own = ["own"];
    private static readonly string[] Theirs = ["theirs"];

    private static readonly FeatureLossSpec[] Specs =
    [
        new HintLossSpec { Features = Theirs, StudentFeatures = Own },
        new AttentionLossSpec { Features = Theirs, StudentFeatures = Own },
        new RkdLossSpec { Features = Theirs, StudentFeatures = Own },
        new RkdLossSpec { Features = Theirs, StudentFeatures = Own, Distance = 1, Angle = 0 },
        new RkdLossSpec { Features = Theirs, StudentFeatures = Own, Distance = 0, Angle = 1 },
        new SimilarityLossSpec { Features = Theirs, StudentFeatures = Own },
    ];

    private static readonly Gen<(int Rows, int Student, int Teacher, int Height, int Width, long Seed)> AnyBatch =
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Long);

    public static TheoryData<FeatureLossSpec> All => [.. Specs];

    /// <summary>Units and maps, of sizes and channels that differ; attention is about maps alone.</summary>
    public static TheoryData<FeatureLossSpec, FeatureShape, FeatureShape> Pairs =>
    [
        .. Specs.Where(spec => spec is not AttentionLossSpec).Select(spec => Pair(spec, [3], [4])),
        .. Specs.Select(spec => Pair(spec, [2, 2, 3], [4, 2, 3])),
    ];

    [Fact]
    public void Specs_AreOfEveryKind() =>
        Specs.Select(spec => spec.GetType()).Distinct().ShouldBe(
            typeof(LossSpec).GetCustomAttributes<JsonDerivedTypeAttribute>()
                .Select(kind => kind.DerivedType)
                .Where(kind => kind.IsAssignableTo(typeof(FeatureLossSpec))),
            ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Value_IsTheFormula(FeatureLossSpec spec, FeatureShape own, FeatureShape theirs)
    {
        using var scope = NewDisposeScope();

        ShouldBeTheFormula(spec, BatchFeature.Draw(own, 1, Rows), BatchFeature.Draw(theirs, 2, Rows), 1e-6);
        ShouldBeTheFormula(
            spec, BatchFeature.Draw(own, 1, Rows, ScalarType.Float32), BatchFeature.Draw(theirs, 2, Rows, ScalarType.Float32), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Value_Gradient_IsTheSlopeOfTheFormula(FeatureLossSpec spec, FeatureShape own, FeatureShape theirs)
    {
        using var scope = NewDisposeScope();
        var (student, teacher) = (BatchFeature.Draw(own, 1, Rows), BatchFeature.Draw(theirs, 2, Rows));
        var term = FeatureTerms.Create(spec, student, teacher);

        term.Value(student, teacher).backward();

        var gradient = ToArray(student.Values_BS.grad!);
        for (var index = 0; index < gradient.Length; index++)
        {
            var slope = (At(index, 1e-5) - At(index, -1e-5)) / 2e-5;
            gradient[index].ShouldBe(slope, 1e-6 * Math.Max(1, Math.Abs(slope)));
        }

        double At(int index, double by) => term.Formula(spec, student, teacher, rows: Moved(student.Rows, index, by));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Value_AnyBatch_IsTheFormulaAndNeverNegative(FeatureLossSpec spec) => AnyBatch.Sample(
        of =>
        {
            using var scope = NewDisposeScope();
            int[] place = [of.Height, of.Width];
            var student = BatchFeature.Draw(new FeatureShape("own", [of.Student, .. place]), of.Seed, of.Rows);
            var teacher = BatchFeature.Draw(new FeatureShape("theirs", [of.Teacher, .. place]), of.Seed ^ 1, of.Rows);

            ShouldBeTheFormula(spec, student, teacher, 1e-6).ShouldBeGreaterThanOrEqualTo(0);
        },
        iter: 20);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Value_TeacherEqualsStudent_IsZero(FeatureLossSpec spec, FeatureShape own, FeatureShape theirs)
    {
        using var scope = NewDisposeScope();
        var student = BatchFeature.Draw(own, 1, Rows);
        var teacher = BatchFeature.Draw(theirs with { Shape = own.Shape }, 1, Rows);
        var term = FeatureTerms.Create(spec, student, teacher);
        MapToItself(term);

        term.Value(student, teacher).item<double>().ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Value_FeaturesOfAnySize_HasAFiniteGradient(FeatureLossSpec spec, FeatureShape own, FeatureShape theirs)
    {
        using var scope = NewDisposeScope();
        var teacher = BatchFeature.Draw(theirs, 2, Rows, ScalarType.Float32);
        double[][] usual = Logits(1, Rows, own.Size);
        double[][] silent = [.. usual.Select(row => new double[row.Length])];
        double[][] equal = [.. usual.Select(_ => usual[0])];
        double[][] huge = [.. usual.Select(row => row.Select(value => 1e6 * value).ToArray())];

        foreach (var rows in new[] { silent, equal, huge, [usual[0], usual[0], usual[1], silent[0], huge[0]] })
        {
            ShouldHaveAFiniteGradient(spec, new BatchFeature(own, rows, ScalarType.Float32), teacher);
            ShouldHaveAFiniteGradient(spec, new BatchFeature(own, usual, ScalarType.Float32), new BatchFeature(theirs, Widened(rows), ScalarType.Float32));
        }

        ShouldHaveAFiniteGradient(spec, BatchFeature.Draw(own, 1, rows: 1), BatchFeature.Draw(theirs, 2, rows: 1));

        double[][] Widened(double[][] rows) => [.. rows.Select(row => Enumerable.Range(0, theirs.Size).Select(index => row[index % row.Length]).ToArray())];
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Value_OfSeveralTeachers_IsTheirMeanByShare(FeatureLossSpec spec, FeatureShape own, FeatureShape theirs)
    {
        using var scope = NewDisposeScope();
        var student = BatchFeature.Draw(own, 1, Rows);
        BatchFeature[] teachers = [BatchFeature.Draw(theirs, 2, Rows), BatchFeature.Draw(theirs with { Shape = own.Shape }, 3, Rows)];
        var term = FeatureTerms.Create(spec, [own], [[teachers[0].Shape], [teachers[1].Shape]]);

        var value = term.Value([student], (0, 0.25, [teachers[0]]), (1, 0.75, [teachers[1]])).item<double>();

        double Formula(int index) => term.Formula(spec, student, teachers[index], index);
        value.ShouldBe((0.25 * Formula(0)) + (0.75 * Formula(1)), 1e-6);
        term.Value([student], (1, 1, [teachers[1]])).item<double>().ShouldBe(Formula(1), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Value_OfSeveralPairs_IsTheirSum(FeatureLossSpec spec, FeatureShape own, FeatureShape theirs)
    {
        using var scope = NewDisposeScope();
        BatchFeature[] students = [BatchFeature.Draw(own, 1, Rows), BatchFeature.Draw(own with { Name = "other" }, 2, Rows)];
        BatchFeature[] teachers = [BatchFeature.Draw(theirs, 3, Rows), BatchFeature.Draw(theirs with { Name = "another" }, 4, Rows)];
        var both = spec with { Features = ["theirs", "another"], StudentFeatures = ["own", "other"] };
        var term = FeatureTerms.Create(both, [.. students.Select(student => student.Shape)], [[.. teachers.Select(teacher => teacher.Shape)]]);

        term.Value(students, (0, 1, teachers)).item<double>().ShouldBe(
            term.Formula(spec, students[0], teachers[0]) + term.Formula(spec, students[1], teachers[1]), 1e-6);
    }

    private static (FeatureLossSpec, FeatureShape, FeatureShape) Pair(FeatureLossSpec spec, int[] own, int[] theirs) =>
        (spec, new FeatureShape("own", own), new FeatureShape("theirs", theirs));

    /// <returns>The value.</returns>
    private static double ShouldBeTheFormula(FeatureLossSpec spec, BatchFeature student, BatchFeature teacher, double tolerance)
    {
        var term = FeatureTerms.Create(spec, student, teacher);
        var value = term.Value(student, teacher).to(ScalarType.Float64).item<double>();
        var expected = term.Formula(spec, student, teacher);
        value.ShouldBe(expected, tolerance * Math.Max(1, expected));
        return value;
    }

    private static void ShouldHaveAFiniteGradient(FeatureLossSpec spec, BatchFeature student, BatchFeature teacher)
    {
        var value = FeatureTerms.Create(spec, student, teacher).Value(student, teacher);
        value.backward();
        ToArray(student.Values_BS.grad!).Append(value.to(ScalarType.Float64).item<double>()).ShouldAllBe(number => double.IsFinite(number));
    }

    /// <summary>Every regressor yields what it is given.</summary>
    private static void MapToItself(ILossTerm term)
    {
        using var noGrad = no_grad();
        foreach (var (name, parameter) in term.Learnt?.named_parameters() ?? [])
        {
            parameter.zero_();
            if (name.EndsWith("weight", StringComparison.Ordinal))
            {
                parameter.copy_(eye(parameter.shape[0], parameter.shape[1]).reshape(parameter.shape));
            }
        }
    }

    private static double[][] Moved(double[][] rows, int index, double by)
    {
        double[][] moved = [.. rows.Select(row => row.ToArray())];
        moved[index / rows[0].Length][index % rows[0].Length] += by;
        return moved;
    }
}
