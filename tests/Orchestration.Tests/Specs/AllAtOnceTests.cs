using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

public class AllAtOnceTests
{
    [Fact]
    public void Problems_OfManyFaults_AreAllReportedInReadingOrder()
    {
        const string Yaml =
            """
            nmae: many
            seed: x
            data: {kind: idxs, pth: mnist}
            teachers:
              - name: baseline
                count: 0
                model: {kind: mlp, widths: [783, 100, 10], dropout: 1}
                training: {batchSize: 0, optimizer: {kind: sgd, nesterov: true, momentum: 0}}
              - model: {kind: cnn, input: [3, 28, 28], channels: [8, 8, 8, 8, 8], classes: 9}
            student:
              model: {kind: mlp, widths: [784, 20, 11]}
            distillation: {temperature: 0, alpha: 2}
            """;

        var places = SpecText.Problems(Yaml, SpecText.Mnist).Select(line => line[..line.IndexOf(": found", StringComparison.Ordinal)]);

        places.ShouldBe(
        [
            "spec.yaml:1:1 name",
            "spec.yaml:1:1 nmae",
            "spec.yaml:2:7 seed",
            "spec.yaml:3:7 data.path",
            "spec.yaml:3:14 data.kind",
            "spec.yaml:3:20 data.pth",
            "spec.yaml:5:11 teachers[0].name",
            "spec.yaml:6:12 teachers[0].count",
            "spec.yaml:7:33 teachers[0].model.widths[0]",
            "spec.yaml:7:57 teachers[0].model.dropout",
            "spec.yaml:8:27 teachers[0].training.batchSize",
            "spec.yaml:8:63 teachers[0].training.optimizer.nesterov",
            "spec.yaml:9:31 teachers[1].model.input",
            "spec.yaml:9:54 teachers[1].model.channels",
            "spec.yaml:9:80 teachers[1].model.classes",
            "spec.yaml:11:40 student.model.widths[2]",
            "spec.yaml:12:29 distillation.temperature",
            "spec.yaml:12:39 distillation.alpha",
        ]);
    }

    [Fact]
    public void Spec_WithAnyProblem_IsNotThere() =>
        SpecText.Bind(SpecText.With("seed: 7", "seed: x")).Spec.ShouldBeNull();

    [Fact]
    public void Problems_OfTheValidSpec_AreNone() => SpecText.Problems(SpecText.Valid, SpecText.Mnist).ShouldBeEmpty();

    [Fact]
    public void Rules_OnAFieldThatBindingRefused_AreSilent()
    {
        var bound = SpecText.Bind(SpecText.With("channels: [8, 16]", "channels: [8, 8, 8, 8, 8], input: [x, 28, 28]"));

        SpecRules.Check(bound).ShouldBeEmpty();
        ShapeRules.Check(bound, SpecText.Mnist).ShouldBeEmpty();
    }
}
