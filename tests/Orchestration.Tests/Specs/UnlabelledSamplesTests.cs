using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

/// <summary>Samples without labels: who may meet them, and what is said where they are of no use.</summary>
public class UnlabelledSamplesTests
{
    private const string Samples = "student.training.samples={unlabelled: met}";

    public static TheoryData<string, string> Losses { get; } = new()
    {
        {
            "alpha: 0.9",
            "spec.yaml:14:10 distillation.alpha: found 0.9, where student.training.samples.unlabelled is met; "
            + "allowed 1, for those samples have no labels that 1 - alpha could weigh; write 1, or set unlabelled to skipped"
        },
        {
            "losses: [{kind: kd}, {kind: dkd}, {kind: labels}]",
            "spec.yaml:14:31 distillation.losses[1].kind: found dkd, where student.training.samples.unlabelled is met; "
            + "allowed a loss that asks the teachers alone, for those samples have no labels; choose another loss, or set unlabelled to skipped"
        },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void Losses_ThatNeedLabels_AreRefused(string keys, string line) =>
        SpecText.Problems(SpecText.With("temperature: 2.5", keys), SpecText.Mnist, Samples)[0].ShouldBe(line);

    [Theory]
    [InlineData("alpha: 1")]
    [InlineData("losses: [{kind: kd}, {kind: dist}]")]
    public void Losses_OfTeachersAlone_HaveNoProblems(string keys) =>
        SpecText.Problems(SpecText.With("temperature: 2.5", keys), SpecText.Mnist with { Unlabelled = 10 }, Samples).ShouldBeEmpty();

    [Theory]
    [InlineData("{unlabelled: met, balanced: true}")]
    [InlineData("{unlabelled: met, share: 0.5}")]
    [InlineData("{unlabelled: met, classes: [1]}")]
    public void Choices_ByClass_AreRefusedBesideThem(string samples) =>
        Taught(SpecText.Mnist, $"student.training.samples={samples}").ShouldHaveSingleItem()
            .ShouldContain("found met beside classes, share or balanced; allowed one of the two, for nobody knows which classes samples without labels are of;");

    [Theory]
    [InlineData("alpha: 1")]
    [InlineData("alpha: 0.9")]
    public void Teachers_ThatMeetThem_AreRefused(string distillation) =>
        SpecText.Problems(SpecText.With("temperature: 2.5", distillation), SpecText.Mnist, "teachers[0].training.samples={unlabelled: met}").ShouldHaveSingleItem()
            .ShouldContain("teachers[0].training.samples.unlabelled: found met; allowed skipped or replaced, for teachers learn from the labels; write skipped, or remove it");

    [Fact]
    public void Networks_ThatLearnSideBySide_AreRefused() =>
        Taught(SpecText.Mnist, Samples, "recipe={kind: online}")
            .ShouldContain(problem => problem.Contains("allowed skipped or replaced where networks learn side by side, for all meet the same batches", StringComparison.Ordinal));

    [Fact]
    public void Networks_ThatLearnSideBySide_ReplaceThemAlike() =>
        Taught(SpecText.Mnist, "student.training.samples={unlabelled: replaced}", "recipe={kind: online}")
            .ShouldContain(problem => problem.Contains(
                "teachers[0].training.samples: found all; allowed 1 of every class, unlabelled replaced as in student.training", StringComparison.Ordinal));

    [Theory]
    [InlineData(UnlabelledName.Met)]
    [InlineData(UnlabelledName.Replaced)]
    public void Data_WithALabelForEverySample_HasNoneToMeet(string unlabelled) =>
        Taught(SpecText.Mnist with { Unlabelled = 0 }, $"student.training.samples={{unlabelled: {unlabelled}}}").ShouldHaveSingleItem()
            .ShouldContain($"found {unlabelled}, where every training sample has a label; allowed skipped, unless the data has samples without labels; set data.labelled, or remove it");

    [Fact]
    public void Baseline_OfAStudentThatMeetsThem_MakesAsManyStepsWithoutThem()
    {
        var spec = SpecText.Bind(SpecText.With("temperature: 2.5", "alpha: 1"), Samples).Spec.ShouldNotBeNull();

        var plan = PlanCompiler.Compile(spec);

        plan["baseline"].Network!.Training.Samples.ShouldBe(new SamplesSpec { Unlabelled = UnlabelledName.Replaced });
        plan["student"].Network!.Training.Samples.ShouldBe(new SamplesSpec { Unlabelled = UnlabelledName.Met });
    }

    private static string[] Taught(DataShape data, params string[] overrides) =>
        SpecText.Problems(SpecText.With("temperature: 2.5", "alpha: 1"), data, overrides);
}
