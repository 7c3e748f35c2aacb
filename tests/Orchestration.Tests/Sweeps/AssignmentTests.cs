using System.Text.Json;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Sweeps;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Tests.Sweeps;

public class AssignmentTests
{
    private static readonly RunSpec Spec = SweepText.Bind(
        """
          architectures: [{kind: mlp, widths: [784, 10]}, {kind: mlp, widths: [784, 50, 10]}]
          parameters: [{kind: integer, path: seed, low: 1, high: 5}]
        """);

    [Fact]
    public void Apply_SetsNumbersAtEveryDepth()
    {
        var trial = Assign(
            new Setting("seed", 5), new Setting("distillation.temperature", 8.5), new Setting("student.training.batchSize", 32),
            new Setting("student.training.optimizer.rate", 0.25), new Setting("student.model.widths[1]", 99)).Apply(Spec);

        trial.Seed.ShouldBe(5);
        trial.Distillation.Temperature.ShouldBe(8.5);
        trial.Student.Training.BatchSize.ShouldBe(32);
        trial.Student.Training.Optimizer.ShouldBe(new AdamSpec { Rate = 0.25 });
        trial.Student.Model.ShouldBeOfType<MlpSpec>().Widths.ShouldBe([784, 99, 10]);
    }

    [Fact]
    public void Apply_SetsNumbersWithinListsOfDifferentRecords()
    {
        var listed = Spec with
        {
            Distillation = new DistillationSpec
            {
                Losses = [new JsdLossSpec(), new LabelsLossSpec { Weight = 0.5, Schedule = new LinearFactorSpec() }],
            },
        };

        var trial = Assign(
            new Setting("distillation.losses[0].beta", 0.25),
            new Setting("distillation.losses[1].weight", 0.75),
            new Setting("distillation.losses[1].schedule.to", 0.5)).Apply(listed);

        trial.Distillation.Losses.ShouldBe(
            [new JsdLossSpec { Beta = 0.25 }, new LabelsLossSpec { Weight = 0.75, Schedule = new LinearFactorSpec { To = 0.5 } }]);
        listed.Distillation.Losses[0].ShouldBe(new JsdLossSpec());
    }

    [Fact]
    public void Apply_LeavesTheSpecOfTheRunAsItIs()
    {
        var before = JsonSerializer.Serialize(Spec);

        Assign(new Setting("distillation.alpha", 0.1), new Setting("student.model.widths[1]", 99)).Apply(Spec);

        JsonSerializer.Serialize(Spec).ShouldBe(before);
    }

    [Fact]
    public void Apply_SharesWhatItDoesNotTouch()
    {
        var trial = Assign(new Setting("distillation.alpha", 0.1)).Apply(Spec);

        trial.Teachers.ShouldBeSameAs(Spec.Teachers);
        trial.Student.ShouldBeSameAs(Spec.Student);
        trial.Sweep.ShouldBeNull();
    }

    [Fact]
    public void Apply_OfAnArchitecture_SetsItsNumbersToo()
    {
        var trial = new Assignment([new Setting("student.model.dropout", 0.5)], Architecture: 1).Apply(Spec);

        var model = trial.Student.Model.ShouldBeOfType<MlpSpec>();
        model.Widths.ShouldBe([784, 50, 10]);
        model.Dropout.ShouldBe(0.5);
        Spec.Sweep!.Architectures[1].ShouldBeOfType<MlpSpec>().Dropout.ShouldBe(0);
    }

    [Theory]
    [InlineData("distillation.heat")]
    [InlineData("distillation.ensemble")]
    [InlineData("distillation.codec")]
    [InlineData("distillation.quorum.deadline")]
    [InlineData("student.model.widths")]
    [InlineData("student.model.widths[3]")]
    [InlineData("student.model.widths[1].x")]
    [InlineData("distillation.losses[0].weight")]
    public void Apply_WhereNoNumberStands_NamesThePath(string path) =>
        Should.Throw<ArgumentException>(() => Assign(new Setting(path, 1)).Apply(Spec)).Message.ShouldContain(path);

    [Theory]
    [InlineData(32.5)]
    [InlineData(double.NaN)]
    public void Apply_OfAFractionWhereAWholeNumberStands_IsRefused(double value) =>
        Should.Throw<ArgumentException>(() => Assign(new Setting("student.training.batchSize", value)).Apply(Spec))
            .Message.ShouldContain("student.training.batchSize takes whole numbers");

    [Fact]
    public void Apply_OfAValueBeyondItsType_IsRefused() =>
        Should.Throw<OverflowException>(() => Assign(new Setting("student.training.batchSize", 1e10)).Apply(Spec));

    [Fact]
    public void Assignment_IsEqualWhereItsSettingsAre()
    {
        var one = new Assignment([new Setting("a.b", 0.1), new Setting("c", 2)], 1);
        var other = new Assignment([new Setting("a.b", 0.1), new Setting("c", 2)], 1);

        one.ShouldBe(other);
        one.GetHashCode().ShouldBe(other.GetHashCode());
        one.ShouldNotBe(other with { Architecture = 2 });
        one.ShouldNotBe(other with { Settings = [new Setting("a.b", 0.1)] });
    }

    [Fact]
    public void Assignment_ComesBackFromJson()
    {
        var assignment = new Assignment([new Setting("distillation.alpha", 0.1 + 0.2)], 3);

        JsonSerializer.Deserialize<Assignment>(JsonSerializer.Serialize(assignment)).ShouldBe(assignment);
    }

    [Fact]
    public void Assignment_IsWrittenShort() =>
        new Assignment([new Setting("distillation.temperature", 4), new Setting("distillation.alpha", 0.123456), new Setting("seed", 123456789)], 2)
            .ToString().ShouldBe("architecture=2 temperature=4 alpha=0.1235 seed=123456789");

    [Fact]
    public void Assignment_WithAKeyInTwoPaths_WritesThemInFull() =>
        Assign(new Setting("student.training.optimizer.rate", 0.5), new Setting("student.other.rate", 1)).ToString()
            .ShouldBe("student.training.optimizer.rate=0.5 student.other.rate=1");

    private static Assignment Assign(params Setting[] settings) => new(settings);
}
