using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

/// <summary>Losses on features beside the networks whose features they are. The teachers are two mlps and a cnn, the student another cnn.</summary>
public class FeatureRulesTests
{
    public static TheoryData<string, string[]> Broken => new()
    {
        {
            "losses: [{kind: kd}, {kind: similarity, features: [layer2]}]",
            [
                "spec.yaml:14:54 distillation.losses[1].features[0]: found 'layer2', which big-1 does not have; allowed fc1 [100]; write one of them",
                "spec.yaml:14:54 distillation.losses[1].features[0]: found 'layer2', which student does not have; "
                + "allowed conv1 [4, 14, 14], conv2 [8, 7, 7], conv3 [8, 3, 3] or fc1 [128]; name one of them in studentFeatures",
            ]
        },
        {
            "losses: [{kind: kd}, {kind: similarity, features: [conv2], studentFeatures: [conv3]}]",
            ["spec.yaml:14:54 distillation.losses[1].features[0]: found 'conv2', which big-1 does not have; allowed fc1 [100]; write one of them"]
        },
        {
            "losses: [{kind: kd}, {kind: rkd, features: [fc1], studentFeatures: [fc2]}]",
            [
                "spec.yaml:14:71 distillation.losses[1].studentFeatures[0]: found 'fc2', which student does not have; "
                + "allowed conv1 [4, 14, 14], conv2 [8, 7, 7], conv3 [8, 3, 3] or fc1 [128]; name one of them in studentFeatures",
            ]
        },
        {
            "losses: [{kind: kd}, {kind: rkd, features: [fc1], studentFeatures: [fc1, conv1]}]",
            [
                "spec.yaml:14:70 distillation.losses[1].studentFeatures: found 2 beside 1 in features; "
                + "allowed 1, for each is compared with the one at the same place; name as many in both",
            ]
        },
        {
            "losses: [{kind: kd}, {kind: attention, features: [fc1]}]",
            [
                "spec.yaml:14:53 distillation.losses[1].features[0]: found fc1 [100] of big-1 beside fc1 [128] of student; "
                + "allowed two maps of the same height and width, for attention compares them place by place; "
                + "choose other modules, or kind similarity or rkd, which take any two",
            ]
        },
        {
            "losses: [{kind: kd}, {kind: hint, features: [fc1], studentFeatures: [conv2]}]",
            [
                "spec.yaml:14:48 distillation.losses[1].features[0]: found fc1 [100] of big-1 beside conv2 [8, 7, 7] of student; "
                + "allowed two linear layers or two maps of the same height and width, for hint maps one to the other; "
                + "choose other modules, or kind similarity or rkd, which take any two",
            ]
        },
        {
            "losses: [{kind: rkd, features: [fc1]}]",
            [
                "spec.yaml:14:11 distillation.losses: found losses on features alone; "
                + "allowed a loss on logits or labels among them, for else the layers behind the features learn nothing; "
                + "add 'kind: kd' or 'kind: labels'",
            ]
        },
        {
            "codec: {kind: int8}\n  losses: [{kind: kd}, {kind: hint, features: [fc1]}]",
            [
                "spec.yaml:14:17 distillation.codec.kind: found int8 with losses on features; "
                + "allowed fp32 or fp16, for the others write classes alone; write fp16, or choose losses on logits",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Features_BrokenInOneWay_SayWhereWhatAndWhatToDo(string keys, string[] lines) => Problems(keys).ShouldBe(lines);

    [Theory]
    [InlineData("losses: [{kind: kd}, {kind: hint, features: [fc1]}]")]
    [InlineData("losses: [{kind: labels}, {kind: rkd, features: [fc1], studentFeatures: [conv3]}]\n  codec: {kind: fp16}")]
    [InlineData("losses: [{kind: labels}, {kind: similarity, features: [fc1, fc1], studentFeatures: [conv3, fc1]}]")]
    public void Features_ThatCanBeCompared_HaveNoProblems(string keys) => Problems(keys).ShouldBeEmpty();

    [Fact]
    public void Features_OfNetworksThatLearnSideBySide_AreRefused()
    {
        const string mutual =
            """
            name: small
            data: {kind: idx, path: mnist}
            student:
              model: {kind: mlp, widths: [784, 20, 10]}
            recipe: {kind: mutual, peers: [{model: {kind: mlp, widths: [784, 20, 10]}}]}
            distillation:
              losses: [{kind: labels}, {kind: hint, features: [fc1]}]
            """;

        SpecText.Problems(mutual, SpecText.Mnist).ShouldBe(
        [
            "spec.yaml:7:35 distillation.losses[1].kind: found hint with recipe mutual; "
            + "allowed a loss on logits, for networks that learn side by side tell each other nothing else; choose kind kd, or recipe ensemble",
        ]);
    }

    [Fact]
    public void Features_OfANetworkThatHasNone_AreNotAskedForByAnotherName()
    {
        const string shallow =
            """
            name: small
            data: {kind: idx, path: mnist}
            teachers: [{model: {kind: mlp, widths: [784, 10]}}]
            student: {model: {kind: mlp, widths: [784, 20, 10]}}
            distillation: {losses: [{kind: kd}, {kind: rkd, features: [fc1]}]}
            """;

        SpecText.Problems(shallow, SpecText.Mnist).ShouldBe(
        [
            "spec.yaml:5:60 distillation.losses[1].features[0]: found 'fc1', which teacher does not have; "
            + "allowed none, for it has no layer but the last; choose losses on logits, or a network with a hidden layer",
        ]);
    }

    [Fact]
    public void Features_OfAnAssistant_MustBeThereToo()
    {
        const string progressive =
            """
            name: small
            data: {kind: idx, path: mnist}
            teachers: [{model: {kind: mlp, widths: [784, 100, 50, 10]}}]
            student:
              model: {kind: mlp, widths: [784, 20, 20, 10]}
            recipe: {kind: progressive, assistants: [{name: middle, model: {kind: mlp, widths: [784, 40, 10]}}]}
            distillation:
              losses: [{kind: kd}, {kind: rkd, features: [fc2]}]
            """;

        SpecText.Problems(progressive, SpecText.Mnist).ShouldBe(
        [
            "spec.yaml:8:47 distillation.losses[1].features[0]: found 'fc2', which middle does not have; allowed fc1 [40]; write one of them",
            "spec.yaml:8:47 distillation.losses[1].features[0]: found 'fc2', which middle does not have; allowed fc1 [40]; name one of them in studentFeatures",
        ]);
    }

    [Fact]
    public void TeacherFeatures_NamedInAnyOrderAndMoreThanOnce_AreAskedForInOneOrder()
    {
        static IReadOnlyList<string> Asked(params string[][] losses) =>
            new DistillationSpec { Losses = [.. losses.Select(features => new RkdLossSpec { Features = features })] }.TeacherFeatures;

        Asked(["fc1", "conv2"], ["conv1"]).ShouldBe(["conv1", "conv2", "fc1"]);
        Asked(["conv1"], ["conv2", "fc1", "conv1"]).ShouldBe(["conv1", "conv2", "fc1"]);
    }

    private static string[] Problems(string keys) => SpecText.Problems(
        SpecText.With("temperature: 2.5", keys).Replace(
            "model: {kind: mlp, widths: [784, 20, 10]}", "model: {kind: cnn, channels: [4, 8, 8], classes: 10}", StringComparison.Ordinal),
        SpecText.Mnist);
}
