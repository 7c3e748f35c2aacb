namespace Stillhouse.Orchestration.Tests.Specs;

/// <summary>Where the rules between teachers and distillation are silent, and where they speak of several places at once.</summary>
public class DistillationRulesTests
{
    [Theory]
    [InlineData("codec: {kind: top-k, temperature: 2.5, k: 2}")]
    [InlineData("codec: {kind: sampled, temperature: 2.5}")]
    [InlineData("codec: {kind: top-k, temperature: 1, k: 10}")]
    [InlineData("codec: {kind: int8}")]
    [InlineData("codec: {}")]
    [InlineData("ensemble: mean-logits\n  codec: {kind: fp16}")]
    [InlineData("quorum: {teachers: 2, deadline: 0}")]
    [InlineData("quorum:")]
    public void Distillation_ThatCanBeDone_HasNoProblems(string keys) =>
        SpecText.Problems(Distil(keys), SpecText.Mnist).ShouldBeEmpty();

    [Theory]
    [InlineData("codec: {kind: top-k, temperature: hot, k: 2}", "distillation.codec.temperature")]
    [InlineData("codec: {kind: top-k, temperature: 3, k: none}", "distillation.codec.k")]
    [InlineData("codec: {kind: tpo-k}", "distillation.codec.kind")]
    public void Codec_ThatBindingRefused_HasNoOtherProblem(string keys, string path) =>
        SpecText.Problems(Distil(keys)).ShouldHaveSingleItem().ShouldContain($" {path}: ");

    [Fact]
    public void Temperature_ThatBindingRefused_IsNotComparedWithTheCodecs() =>
        SpecText.Problems(SpecText.With("temperature: 2.5", "temperature: 0\n  codec: {kind: sampled}")).ShouldHaveSingleItem()
            .ShouldContain(" distillation.temperature: found 0;");

    [Fact]
    public void Quorum_OfTheOnlyTeacher_IsRefused()
    {
        const string Yaml =
            """
            name: small
            data: {kind: glyphs}
            teachers: [{model: {kind: mlp, widths: [784, 10]}}]
            student: {model: {kind: mlp, widths: [784, 10]}}
            distillation: {quorum: {teachers: 1}}
            """;

        SpecText.Problems(Yaml).ShouldBe(
        [
            "spec.yaml:5:35 distillation.quorum.teachers: found 1 of 1 teacher; allowed no quorum of a single teacher; remove quorum",
        ]);
    }

    [Fact]
    public void Inputs_ThatAreShipped_WantWeightsOfEveryTeacher() =>
        SpecText.Problems(Distil("inputs: shipped").Replace("name: conv", "name: conv\n    weights: w.safetensors", StringComparison.Ordinal))
            .ShouldBe(
            [
                "spec.yaml:5:5 teachers[0].weights: found nothing; "
                + "allowed a file where distillation.inputs is shipped, for a teacher that trains must read the data itself; "
                + "add 'weights:', or set distillation.inputs to shared",
            ]);

    [Fact]
    public void EnsembleWeights_OfAWeightedEnsemble_Count()
    {
        var spec = SpecText.Bind(Distil("ensemble: weighted-probabilities")
            .Replace("name: conv", "name: conv\n    ensembleWeight: 2.5", StringComparison.Ordinal)).Spec.ShouldNotBeNull();

        spec.Teachers.Select(teacher => teacher.EnsembleWeight).ShouldBe([1, 2.5]);
    }

    private static string Distil(string keys) => SpecText.With("temperature: 2.5", $"temperature: 2.5\n  {keys}");
}
