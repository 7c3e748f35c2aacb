using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

public class OverrideTests
{
    [Fact]
    public void Set_Values_TakeThePlaceOfTheSpecsOwn()
    {
        var spec = SpecText.Bind(
            SpecText.Valid,
            "distillation.temperature=8",
            "teachers[0].model.widths=[784, 30, 10]",
            "teachers[0].model.widths[1] = 31",
            "student.training.optimizer.rate=0.5",
            "data={kind: glyphs, train: 100}").Spec.ShouldNotBeNull();

        spec.Distillation.Temperature.ShouldBe(8);
        spec.Teachers[0].Model.ShouldBeOfType<MlpSpec>().Widths.ShouldBe([784, 31, 10]);
        spec.Student.Training.Optimizer.ShouldBe(new AdamSpec { Rate = 0.5 });
        spec.Data.ShouldBe(new GlyphDataSpec { Train = 100 });
    }

    [Fact]
    public void Set_TheSamePathTwice_TheLastCounts() =>
        SpecText.Bind(SpecText.Valid, "seed=1", "seed=2").Spec!.Seed.ShouldBe(2);

    [Theory]
    [InlineData(
        "distillation.temprature=4",
        "--set distillation.temprature: found an unknown key; allowed temperature, temperatureSchedule, alpha, losses, ensemble, codec, inputs or quorum; write 'temperature'")]
    [InlineData(
        "distilation.temperature=4",
        "--set distilation: found an unknown key; allowed name, seed, data, schedule, teachers, student, recipe, distillation or sweep; write 'distillation'")]
    [InlineData(
        "distillation.alpha=2",
        "--set distillation.alpha: found 2; allowed a number from 0 to 1; "
        + "write such a value, the default is 0.9 (weight of the soft part; 1 - alpha weighs the labels)")]
    [InlineData(
        "teachers[0].model.widths=[784, x, 10]",
        "--set teachers[0].model.widths[1]: found 'x'; allowed a whole number from 1 to 1000000; "
        + "write such a value (the width of every layer from input to output, for example [784, 400, 10])")]
    [InlineData(
        "teachers[2].count=2",
        "--set teachers[2].count: found position [2]; allowed [0] to [1], the items of teachers; "
        + "use a position that exists, or set teachers itself")]
    [InlineData(
        "name.first=x",
        "--set name.first: found 'small' at name; allowed a mapping, to have keys; set name itself")]
    [InlineData(
        "data[0]=x",
        "--set data[0]: found position [0]; allowed none, data has no items; use a position that exists, or set data itself")]
    [InlineData(
        "distillation..alpha=1",
        "--set distillation..alpha: found a path that cannot be read; allowed keys joined by dots, positions of a list in brackets; "
        + "write for example distillation.temperature=4 or teachers[0].model.widths=[784, 10]")]
    [InlineData(
        "distillation.temperature",
        "--set: found 'distillation.temperature'; allowed path=value; write for example distillation.temperature=4")]
    [InlineData(
        "seed=",
        "--set seed: found nothing; allowed a whole number from 0 to 9223372036854775807; "
        + "write such a value, the default is 1 (every random choice of the run derives from it)")]
    public void Set_SomethingWrong_IsReportedAtTheOption(string assignment, string line) =>
        SpecText.Problems(SpecText.Valid, null, assignment).ShouldBe([line]);

    [Fact]
    public void Set_TextThatIsNotYaml_IsReportedAtTheOption() =>
        SpecText.Problems(SpecText.Valid, null, "teachers=[a").ShouldHaveSingleItem()
            .ShouldStartWith("--set teachers: found text that is not YAML (");
}
