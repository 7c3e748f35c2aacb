using Stillhouse.Orchestration.Specs;
using Stillhouse.Orchestration.Tests.Specs;

namespace Stillhouse.Orchestration.Tests.Sweeps;

/// <summary>Each row is a sweep that is wrong in one way, with the very line that a person reads.</summary>
public class SweepRulesTests
{
    private const string Sweepable =
        "seed, or a number below student or distillation as this spec has them, for all trials share the data, the schedule and the teachers";

    private const string Losses = "losses: [{kind: jsd}, {kind: labels, schedule: {kind: warm-up, epochs: 2}}]";

    public static TheoryData<string, string> Rows { get; } = new()
    {
        {
            "  parallel: 2",
            "spec.yaml:16:3 sweep: found nothing to try; allowed parameters, architectures or both; list some, or remove sweep"
        },
        {
            "  parameters: [{kind: choice, path: distillation.temprature, values: [1, 2]}]",
            $"spec.yaml:16:37 sweep.parameters[0].path: found 'distillation.temprature'; allowed {Sweepable}; write 'distillation.temperature'"
        },
        {
            "  parameters: [{kind: choice, path: batchSize, values: [1, 2]}]",
            $"spec.yaml:16:37 sweep.parameters[0].path: found 'batchSize'; allowed {Sweepable}; write 'student.training.batchSize'"
        },
        {
            "  parameters: [{kind: choice, path: distillation.ensemble, values: [1, 2]}]",
            $"spec.yaml:16:37 sweep.parameters[0].path: found 'distillation.ensemble'; allowed {Sweepable}; "
            + "name another number, for example distillation.temperature"
        },
        {
            "  parameters: [{kind: choice, path: student.training.optimizer.momentum, values: [0.5, 0.9]}]",
            $"spec.yaml:16:37 sweep.parameters[0].path: found 'student.training.optimizer.momentum'; allowed {Sweepable}; "
            + "name another number, for example distillation.temperature"
        },
        {
            "  parameters: [{kind: choice, path: 'teachers[0].model.dropout', values: [0, 0.5]}]",
            $"spec.yaml:16:37 sweep.parameters[0].path: found 'teachers[0].model.dropout'; allowed {Sweepable}; write 'student.model.dropout'"
        },
        {
            "  parameters: [{kind: choice, path: seed, values: [1, 2]}, {kind: integer, path: seed, low: 3, high: 4}]",
            "spec.yaml:16:82 sweep.parameters[1].path: found 'seed' again; allowed each path once, and sweep.parameters[0] has it; keep one of the two"
        },
        {
            "  parameters: [{kind: choice, path: distillation.alpha, values: [0.5, 1.5]}]",
            "spec.yaml:16:71 sweep.parameters[0].values[1]: found 1.5; allowed for distillation.alpha a number from 0 to 1; try only such values"
        },
        {
            "  parameters: [{kind: integer, path: student.training.batchSize, low: 0, high: 8}]",
            "spec.yaml:16:71 sweep.parameters[0].low: found 0; allowed for student.training.batchSize a whole number from 1 to 1000000; "
            + "try only such values"
        },
        {
            "  parameters: [{kind: choice, path: student.training.batchSize, values: [32, 48.5]}]",
            "spec.yaml:16:78 sweep.parameters[0].values[1]: found 48.5; allowed for student.training.batchSize a whole number from 1 to 1000000; "
            + "try only such values"
        },
        {
            "  parameters: [{kind: uniform, path: student.training.batchSize, low: 32, high: 64, step: 8}]",
            "spec.yaml:16:23 sweep.parameters[0].kind: found uniform; allowed integer or choice, for student.training.batchSize is a whole number; "
            + "write 'kind: integer'"
        },
        {
            "  parameters: [{kind: uniform, path: distillation.alpha, low: 0.5, high: 0.5, step: 0.1}]",
            "spec.yaml:16:74 sweep.parameters[0].high: found 0.5; allowed above low, which is 0.5; write a greater one, or swap low and high"
        },
        {
            "  parameters: [{kind: log-uniform, path: student.training.optimizer.rate, low: 0, high: 1}]\n  sampler: {kind: random, trials: 9}",
            "spec.yaml:16:80 sweep.parameters[0].low: found 0; allowed a number above 0 up to 1000000000; write such a value (the least value)"
        },
        {
            "  parameters: [{kind: integer, path: student.training.learningRate.warmupSteps, low: 0, high: 9, log: true}]",
            "spec.yaml:16:86 sweep.parameters[0].low: found 0 with log; allowed above 0, for the logarithm; write 1 or more, or remove log"
        },
        {
            "  parameters: [{kind: integer, path: seed, low: 1, high: 9, log: true, step: 2}]",
            "spec.yaml:16:78 sweep.parameters[0].step: found 2; allowed 1 where log is true; remove step or log"
        },
        {
            "  parameters: [{kind: uniform, path: distillation.alpha, low: 0.5, high: 0.75, step: 1}]",
            "spec.yaml:16:86 sweep.parameters[0].step: found 1; allowed up to 0.25, which is high - low; write a smaller one"
        },
        {
            "  parameters: [{kind: choice, path: seed, values: [1, 2, 1]}]",
            "spec.yaml:16:58 sweep.parameters[0].values[2]: found 1 again; allowed each value once; remove it"
        },
        {
            "  parameters: [{kind: uniform, path: distillation.alpha, low: 0.5, high: 1}]",
            "spec.yaml:16:16 sweep.parameters[0]: found uniform without a step, which has no end of values; "
            + "allowed choice, integer or uniform with step where the sampler is grid; add 'step:', or choose sampler random or tpe"
        },
        {
            "  parameters: [{kind: integer, path: seed, low: 0, high: 99}, {kind: integer, path: student.training.batchSize, low: 1, high: 99}]",
            "spec.yaml:16:3 sweep.sampler: found 9900 trials; allowed up to 1000, as sweep.maximumTrials says; "
            + "try fewer values, choose sampler random or tpe, or raise maximumTrials"
        },
        {
            "  sampler: {kind: tpe, trials: 2000}\n  parameters: [{kind: integer, path: seed, low: 0, high: 9999}]",
            "spec.yaml:16:12 sweep.sampler: found 2000 trials; allowed up to 1000, as sweep.maximumTrials says; ask for fewer, or raise maximumTrials"
        },
        {
            "  architectures: [{kind: mlp, widths: [784, 10]}, {kind: mlp, widths: [784, 10], dropout: 0}]",
            "spec.yaml:16:51 sweep.architectures[1]: found the network of architectures[0] again; allowed each network once; remove it"
        },
        {
            "  architectures: [{kind: mlp, widths: [783, 10]}]",
            "spec.yaml:16:40 sweep.architectures[0].widths[0]: found 783; "
            + "allowed 784, for a sample of the data has 784 inputs (1x28x28); write 784"
        },
        {
            "  architectures: [{kind: cnn, channels: [4, 4, 4, 4, 4], classes: 10}]",
            "spec.yaml:16:41 sweep.architectures[0].channels: found 5 convolutions, each of which halves height and width; "
            + "allowed up to 4, so that a pixel is left of 28; remove convolutions"
        },
        {
            "  architectures: [{kind: cnn, channels: [4], classes: 10}]\n"
            + "  parameters: [{kind: integer, path: 'student.model.widths[1]', low: 8, high: 9}]",
            $"spec.yaml:17:38 sweep.parameters[0].path: found 'student.model.widths[1]'; allowed {Sweepable}; "
            + "name another number, for example distillation.temperature"
        },
        {
            "  parameters: [{kind: integer, path: 'student.model.widths[0]', low: 784, high: 785}]",
            "spec.yaml:16:81 sweep.parameters[0].high: found 785, with which student.model.widths[0] is 785; "
            + "allowed 784, for a sample of the data has 784 inputs (1x28x28); leave such values out, or sweep something else"
        },
        {
            "  parameters: [{kind: choice, path: seed, values: [1]}]\n  objectives: [accuracy, latency, accuracy]",
            "spec.yaml:17:35 sweep.objectives[2]: found accuracy again; allowed each objective once; remove it"
        },
        {
            "  parameters: [{kind: choice, path: seed, values: [1]}]\n  objectives: [speed]",
            "spec.yaml:17:16 sweep.objectives[0]: found 'speed'; allowed accuracy, parameters or latency; "
            + "write such a value, the default is [accuracy]"
        },
        {
            "  parameters: [{kind: choice, path: seed, values: [1]}]\n  objectives: [latency, accuracy]\n  pruner: {kind: median}",
            "spec.yaml:17:15 sweep.objectives: found latency first, with pruner median; "
            + "allowed accuracy first, for only that is measured after every epoch; put accuracy first, or choose pruner none"
        },
        {
            "  parameters: [{kind: choice, path: seed, values: [1]}]\n  pruner: {kind: asha, minimum: 10}",
            "spec.yaml:17:33 sweep.pruner.minimum: found 10; allowed up to 9, for the student trains 10 epochs; "
            + "write a smaller one, train longer, or choose pruner none"
        },
        {
            "  parameters: [{kind: choice, path: seed, values: [1]}]\n  pruner: {kind: median, warmup: 11}",
            "spec.yaml:17:34 sweep.pruner.warmup: found 11; allowed up to 9, for the student trains 10 epochs; "
            + "write a smaller one, train longer, or choose pruner none"
        },
        {
            "  parameters: [{kind: integer, path: student.training.epochs, low: 2, high: 4}]\n  pruner: {kind: hyperband}",
            "spec.yaml:16:38 sweep.parameters[0].path: found 'student.training.epochs' with pruner hyperband; "
            + "allowed the same epochs in all trials, for pruners compare trials at the same epoch; sweep something else, or choose pruner none"
        },
        {
            "  parameters: [{kind: choice, path: seed, values: [1]}]\n  sampler: {kind: random}",
            "spec.yaml:17:12 sweep.sampler.trials: found nothing; allowed a whole number from 1 to 1000000; add 'trials:' (how many trials)"
        },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Sweep_BrokenInOneWay_SaysWhereWhatAndWhatToDo(string sweep, string line) =>
        SpecText.Problems(SweepText.With(sweep), SpecText.Mnist).ShouldHaveSingleItem().ShouldStartWith(line);

    [Theory]
    [InlineData(SweepText.Grid)]
    [InlineData(SweepText.Random)]
    [InlineData("  parameters: [{kind: integer, path: 'student.model.widths[1]', low: 8, high: 64, log: true}]")]
    [InlineData("  parameters: [{kind: choice, path: seed, values: [1, 2]}]\n  pruner: {kind: asha, minimum: 9}")]
    public void Sweep_ThatCanBeDone_HasNoProblems(string sweep) =>
        SpecText.Problems(SweepText.With(sweep), SpecText.Mnist).ShouldBeEmpty();

    [Fact]
    public void Sweep_OfNumbersOfALoss_HasNoProblems() =>
        SpecText.Problems(
            SweepText.With(
                """
                  parameters:
                    - {kind: choice, path: 'distillation.losses[0].weight', values: [0.5, 1]}
                    - {kind: uniform, path: 'distillation.losses[0].beta', low: 0.1, high: 0.9, step: 0.4}
                    - {kind: choice, path: 'distillation.losses[1].schedule.epochs', values: [1, 2.5]}
                """).Replace("temperature: 2.5", Losses, StringComparison.Ordinal), SpecText.Mnist)
            .ShouldBeEmpty();

    [Theory]
    [InlineData(
        "{kind: choice, path: 'distillation.losses[0].beta', values: [0.5, 1]}",
        "sweep.parameters[0].values[1]: found 1; allowed for distillation.losses[0].beta a number above 0 to below 1; try only such values")]
    [InlineData(
        "{kind: choice, path: 'distillation.losses[1].beta', values: [0.5]}",
        $"sweep.parameters[0].path: found 'distillation.losses[1].beta'; allowed {Sweepable}; write 'distillation.losses[0].beta'")]
    [InlineData(
        "{kind: choice, path: distillation.alpha, values: [0.5]}",
        "sweep.parameters[0].values[0]: found 0.5, with which distillation.alpha is 0.5 beside losses; ")]
    public void Sweep_OfNumbersThatLossesDoNotTake_IsRefused(string parameter, string line) =>
        SpecText.Problems(
            SweepText.With($"  parameters: [{parameter}]").Replace("temperature: 2.5", Losses, StringComparison.Ordinal), SpecText.Mnist)
            .ShouldHaveSingleItem().ShouldContain(line);

    [Fact]
    public void Sweep_OfTheOnlyWeightDownToZero_IsRefused() =>
        SpecText.Problems(
            SweepText.With("  parameters: [{kind: choice, path: 'distillation.losses[0].weight', values: [0, 1]}]")
                .Replace("temperature: 2.5", "losses: [{kind: kd}]", StringComparison.Ordinal), SpecText.Mnist)
            .ShouldHaveSingleItem().ShouldContain("found 0, with which distillation.losses is weights that are 0 in every step;");

    [Fact]
    public void Sweep_ThatTheDocumentShows_HasNoProblems()
    {
        const string Fence = "```yaml\nsweep:\n";
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "spec.md"));
        var shown = document[(document.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length)..];

        SpecText.Problems(SweepText.With(shown[..shown.IndexOf("```", StringComparison.Ordinal)]), SpecText.Mnist).ShouldBeEmpty();
    }

    [Fact]
    public void Sweep_OfManyFaults_ReportsThemAll() =>
        SpecText.Problems(
            SweepText.With(
                """
                  parameters:
                    - {kind: choice, path: distillation.temperature, values: [0, 2000]}
                    - {kind: uniform, path: distillation.alfa, low: 2, high: 1}
                    - {kind: choose, path: seed, values: [1]}
                  pruner: {kind: asha, minimum: 30}
                """), SpecText.Mnist)
            .Select(line => line[..line.IndexOf(": found", StringComparison.Ordinal)])
            .ShouldBe(
            [
                "spec.yaml:17:63 sweep.parameters[0].values[0]",
                "spec.yaml:17:66 sweep.parameters[0].values[1]",
                "spec.yaml:18:7 sweep.parameters[1]",
                "spec.yaml:18:29 sweep.parameters[1].path",
                "spec.yaml:18:62 sweep.parameters[1].high",
                "spec.yaml:19:14 sweep.parameters[2].kind",
                "spec.yaml:20:33 sweep.pruner.minimum",
            ]);

    [Fact]
    public void Path_IntoArchitecturesThatBindingRefused_HasNoOtherProblem() =>
        SpecText.Problems(
            SweepText.With(
                """
                  parameters: [{kind: integer, path: student.model.hidden, low: 8, high: 16}]
                  architectures: [{kind: cnn, channels: [0], classes: 10}]
                """), SpecText.Mnist)
            .ShouldHaveSingleItem().ShouldContain("sweep.architectures[0].channels");

    [Fact]
    public void Pruner_OfAStudentOfOneEpoch_IsRefused() =>
        SpecText.Problems(
            SweepText.With("  parameters: [{kind: choice, path: seed, values: [1]}]\n  pruner: {kind: asha}")
                .Replace("widths: [784, 20, 10]}", "widths: [784, 20, 10]}\n  training: {epochs: 1}", StringComparison.Ordinal), SpecText.Mnist)
            .ShouldBe(
            [
                "spec.yaml:18:11 sweep.pruner: found asha where student.training.epochs is 1; "
                + "allowed 2 epochs or more, for a pruner decides between epochs; train longer, or choose pruner none",
            ]);

    [Fact]
    public void Temperature_SweptWithACodecThatKeepsProbabilities_IsRefused() =>
        SpecText.Problems(
            SweepText.With("  parameters: [{kind: choice, path: distillation.temperature, values: [1, 2.5, 4]}]")
                .Replace("temperature: 2.5", "temperature: 2.5\n  codec: {kind: sampled, temperature: 2.5}", StringComparison.Ordinal))
            .ShouldBe(
            [
                "spec.yaml:17:72 sweep.parameters[0].values[0]: found 1, with which distillation.codec.temperature is 2.5 where distillation.temperature is 1; "
                + "allowed the same temperature in both, for probabilities of some classes cannot be tempered afterwards; "
                + "leave such values out, or sweep something else",
                "spec.yaml:17:80 sweep.parameters[0].values[2]: found 4, with which distillation.codec.temperature is 2.5 where distillation.temperature is 4; "
                + "allowed the same temperature in both, for probabilities of some classes cannot be tempered afterwards; "
                + "leave such values out, or sweep something else",
            ]);

    [Fact]
    public void Momentum_SweptToZeroWithNesterov_IsRefused() =>
        SpecText.Problems(
            SweepText.With("  parameters: [{kind: choice, path: student.training.optimizer.momentum, values: [0.9, 0]}]")
                .Replace(
                    "widths: [784, 20, 10]}",
                    "widths: [784, 20, 10]}\n  training: {optimizer: {kind: sgd, nesterov: true}}",
                    StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .ShouldStartWith("spec.yaml:17:88 sweep.parameters[0].values[1]: found 0, with which student.training.optimizer.nesterov is true with momentum 0;");

    [Fact]
    public void Pixels_SweptBeyondTheSample_AreRefused() =>
        SpecText.Problems(
            SweepText.With("  parameters: [{kind: integer, path: student.training.view.pixels, low: 1, high: 28}]")
                .Replace("widths: [784, 20, 10]}", "widths: [784, 20, 10]}\n  training: {view: {kind: shift}}", StringComparison.Ordinal),
            SpecText.Mnist)
            .ShouldHaveSingleItem().ShouldStartWith("spec.yaml:17:82 sweep.parameters[0].high: found 28, with which student.training.view.pixels is 28;");

    [Fact]
    public void Sweep_InASpecThatIsWrongElsewhere_AddsNothing()
    {
        var bound = SpecText.Bind(
            SweepText.With("  parameters: [{kind: choice, path: distillation.alpha, values: [0.1, 0.9]}]")
                .Replace("count: 2", "count: 0", StringComparison.Ordinal));

        SpecRules.Check(bound).ShouldBeEmpty();
        ShapeRules.Check(bound, SpecText.Mnist).ShouldBeEmpty();
    }
}
