using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

public class BindingTests
{
    [Fact]
    public void Bind_ValidSpec_HasEveryValueThatWasWritten()
    {
        var spec = SpecText.Bind(SpecText.Valid).Spec.ShouldNotBeNull();

        spec.Name.ShouldBe("small");
        spec.Seed.ShouldBe(7);
        spec.Data.ShouldBe(new IdxDataSpec { Path = "mnist" });
        spec.Teachers.Select(teacher => (teacher.Name, teacher.Count)).ShouldBe([("big", 2), ("conv", 1)]);
        spec.Teachers[0].Model.ShouldBeOfType<MlpSpec>().Widths.ShouldBe([784, 100, 10]);
        spec.Teachers[0].Training.Optimizer.ShouldBe(new SgdSpec { Momentum = 0.8, Nesterov = true });
        spec.Teachers[1].Model.ShouldBeOfType<CnnSpec>().Channels.ShouldBe([8, 16]);
        spec.Student.Model.Outputs.ShouldBe(10);
        spec.Distillation.Temperature.ShouldBe(2.5);
    }

    [Fact]
    public void Bind_KeysLeftOut_HaveTheDefaultsOfTheRecords()
    {
        var spec = SpecText.Bind(SpecText.Valid).Spec.ShouldNotBeNull();

        spec.Distillation.ShouldBe(new DistillationSpec { Temperature = 2.5 });
        spec.Student.Training.ShouldBe(new TrainingSpec());
        spec.Teachers[1].Model.ShouldBeOfType<CnnSpec>().Input.ShouldBe([1, 28, 28]);
        spec.Teachers[0].Weights.ShouldBeNull();
    }

    [Theory]
    [InlineData("seed: 9223372036854775807", long.MaxValue)]
    [InlineData("seed: 0", 0)]
    public void Bind_SeedAtItsBound_IsTaken(string seed, long expected) =>
        SpecText.Bind(SpecText.With("seed: 7", seed)).Spec!.Seed.ShouldBe(expected);

    [Theory]
    [InlineData("temperature: 1e-3", 0.001)]
    [InlineData("temperature: 1000", 1000)]
    public void Bind_TemperatureWithinItsBounds_IsTaken(string temperature, double expected) =>
        SpecText.Bind(SpecText.With("temperature: 2.5", temperature)).Spec!.Distillation.Temperature.ShouldBe(expected);

    [Fact]
    public void Bind_NullWhereTheValueIsOptional_IsNoValue() =>
        SpecText.Bind(SpecText.With("name: conv", "name: conv\n    weights:")).Spec!.Teachers[1].Weights.ShouldBeNull();

    [Fact]
    public void Bind_TextThatLooksLikeANumber_IsText() =>
        SpecText.Bind(SpecText.With("name: small", "name: 42")).Spec!.Name.ShouldBe("42");

    [Fact]
    public void Bind_KindLeftOutWhereThereIsADefault_IsTheDefaultKind() =>
        SpecText.Bind(SpecText.With("{kind: mlp, widths: [784, 20, 10]}", "{kind: mlp, widths: [784, 20, 10]}\n  training: {optimizer: {rate: 0.5}}"))
            .Spec!.Student.Training.Optimizer.ShouldBe(new AdamSpec { Rate = 0.5 });
}
