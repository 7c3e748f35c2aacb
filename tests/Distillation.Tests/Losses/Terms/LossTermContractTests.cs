using System.Reflection;
using System.Text.Json.Serialization;
using CsCheck;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Losses.Terms;
using Stillhouse.Messages.Specs;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses.Terms;

/// <summary>What holds for every loss on logits; those on features are in <see cref="FeatureTermContractTests"/>.</summary>
public class LossTermContractTests
{
    private const int Rows = 5;
    private const int Classes = 4;
    private const double Smoothing = 0.1;

    private static readonly double[][] Teacher = Logits(1, Rows, Classes);
    private static readonly double[][] Student = Logits(2, Rows, Classes);
    private static readonly long[] Labels = [0, 3, 1, 1, 2];

    private static readonly LossSpec[] Specs =
    [
        new KdLossSpec(),
        new ReverseKlLossSpec(),
        new JsdLossSpec(),
        new JsdLossSpec { Beta = 0.1 },
        new DkdLossSpec(),
        new DkdLossSpec { Alpha = 0.5, Beta = 2 },
        new DistLossSpec(),
        new DistLossSpec { Beta = 2, Gamma = 0.5 },
        new LogitStandardisationLossSpec(),
        new LogitMatchingLossSpec(),
        new LabelsLossSpec(),
    ];

    private static readonly Gen<(int Rows, int Classes, int Seed, double Temperature)> AnyBatch =
        Gen.Select(Gen.Int[4, 12], Gen.Int[4, 12], Gen.Int, Gen.Double[1, 20]);

    public static TheoryData<LossSpec> All => [.. Specs];

    public static MatrixTheoryData<LossSpec, double> Tempered => new(Specs, [0.5, 1, 4, 20]);

    [Fact]
    public void Specs_AreOfEveryKind() =>
        Specs.Select(spec => spec.GetType()).Distinct().ShouldBe(
            typeof(LossSpec).GetCustomAttributes<JsonDerivedTypeAttribute>()
                .Select(kind => kind.DerivedType)
                .Where(kind => !kind.IsAssignableTo(typeof(FeatureLossSpec))),
            ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Tempered))]
    public void Value_AnyTemperature_IsTheFormula(LossSpec spec, double temperature)
    {
        using var scope = NewDisposeScope();
        var expected = Reference(spec, Student, temperature);

        Value(spec, ToTensor(Student), Teacher, temperature).item<double>().ShouldBe(expected, 1e-6 * Math.Max(1, expected));
        Value(spec, ToTensor(Student, ScalarType.Float32), Teacher, temperature).item<float>()
            .ShouldBe((float)expected, 1e-4 * Math.Max(1, expected));
    }

    [Theory]
    [MemberData(nameof(Tempered))]
    public void Value_Gradient_IsTheSlopeOfTheFormula(LossSpec spec, double temperature)
    {
        using var scope = NewDisposeScope();
        var gradient = Gradient(spec, ToTensor(Student), temperature);

        for (var index = 0; index < gradient.Length; index++)
        {
            var slope = (Reference(spec, Moved(index, 1e-5), temperature) - Reference(spec, Moved(index, -1e-5), temperature)) / 2e-5;
            gradient[index].ShouldBe(slope, 1e-6 * Math.Max(1, Math.Abs(slope)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Value_AnyBatch_IsTheFormulaAndNeverNegative(LossSpec spec) => AnyBatch.Sample(
        of =>
        {
            using var scope = NewDisposeScope();
            var (student, teacher) = (Logits(of.Seed, of.Rows, of.Classes), Logits(of.Seed + 1L, of.Rows, of.Classes));
            long[] labels = [.. Enumerable.Range(0, of.Rows).Select(row => (long)((uint)(of.Seed + row) % of.Classes))];

            var value = Value(spec, ToTensor(student), teacher, of.Temperature, labels).item<double>();

            var expected = ArrayLosses.Of(spec, student, teacher, labels, of.Temperature, Smoothing);
            value.ShouldBe(expected, 1e-6 * Math.Max(1, expected));
            value.ShouldBeGreaterThanOrEqualTo(0);
        },
        iter: 20);

    [Theory]
    [MemberData(nameof(All))]
    public void Value_AConstantAddedToALogitsRow_ChangesNothing(LossSpec spec)
    {
        using var scope = NewDisposeScope();
        double[][] raised = [.. Student.Select((row, index) => row.Select(logit => logit + index).ToArray())];

        Value(spec, ToTensor(raised), Teacher, 4).item<double>().ShouldBe(Value(spec, ToTensor(Student), Teacher, 4).item<double>(), 1e-10);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Value_TeacherEqualsStudent_IsZeroButForLabels(LossSpec spec)
    {
        using var scope = NewDisposeScope();
        var value = Value(spec, ToTensor(Student), Student, 4).item<double>();

        (Math.Abs(value) < 1e-12).ShouldBe(spec.Need != TargetNeed.None, $"{value}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Value_LogitsOfAnySize_HasAFiniteGradient(LossSpec spec)
    {
        using var scope = NewDisposeScope();
        double[][] sure = [[300, 0, 0, 0], [0, -300, 0, 0], [0, 0, 0, 0], [1, 1, 1, 1], [0, 0, 300, 300]];

        Gradient(spec, ToTensor(sure, ScalarType.Float32), 1).ShouldAllBe(slope => double.IsFinite(slope));
        Gradient(spec, zeros([Rows, Classes]), 1).ShouldAllBe(slope => double.IsFinite(slope));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Value_TargetsOfSomeClasses_AreRefusedUnlessTheSpecSaysOtherwise(LossSpec spec)
    {
        using var scope = NewDisposeScope();
        var kept = new KeptClasses(zeros([Rows, 1], ScalarType.Int64), zeros([Rows, 1], ScalarType.Float64), Rest_B: null, Share: 1);
        var inputs = new LossInputs(ToTensor(Student), tensor(Labels), Smoothing, 4) { Kept = [kept] };

        if (spec.Need == TargetNeed.EveryClass)
        {
            Should.Throw<InvalidOperationException>(() => LossTerms.Of(spec).Value(inputs)).Message.ShouldContain("every class");
        }
        else
        {
            double.IsFinite(LossTerms.Of(spec).Value(inputs).item<double>()).ShouldBeTrue();
        }
    }

    private static Tensor Value(LossSpec spec, Tensor student_BC, double[][] teacher, double temperature, long[]? labels = null)
    {
        var teacher_BC = EnsembleTargets.MeanProbabilities([ToTensor(teacher).to(student_BC.dtype)], temperature);
        return LossTerms.Of(spec).Value(
            new LossInputs(student_BC, tensor(labels ?? Labels), Smoothing, temperature) { Teacher_BC = teacher_BC });
    }

    private static double[] Gradient(LossSpec spec, Tensor student_BC, double temperature)
    {
        student_BC.requires_grad_();
        Value(spec, student_BC, Teacher, temperature).backward();
        return ToArray(student_BC.grad!);
    }

    private static double Reference(LossSpec spec, double[][] student, double temperature) =>
        ArrayLosses.Of(spec, student, Teacher, Labels, temperature, Smoothing);

    private static double[][] Moved(int index, double by)
    {
        double[][] moved = [.. Student.Select(row => row.ToArray())];
        moved[index / Classes][index % Classes] += by;
        return moved;
    }
}
