using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

/// <summary>What may stand below <c>distillation.losses</c>, and each fault with the very line that a person reads.</summary>
public class LossRulesTests
{
    public static TheoryData<string, string> Rows { get; } = new()
    {
        {
            "alpha: 0.5\n  losses: [{kind: kd}]",
            "spec.yaml:14:10 distillation.alpha: found 0.5 beside losses; "
            + "allowed one of the two, for losses take the place of the two terms that alpha weighs; "
            + "remove alpha and weigh each of the losses, or remove losses"
        },
        {
            "losses: [{kind: kd, weight: 0}, {kind: labels, schedule: {kind: linear, from: 0}}]",
            "spec.yaml:14:11 distillation.losses: found weights that are 0 in every step; "
            + "allowed a weight above 0 in some step, for else nothing is learnt; raise a weight, or let its schedule leave 0"
        },
        {
            "losses: [{kind: labels}, {kind: labels, weight: 2}]",
            "spec.yaml:14:11 distillation.losses: found labels alone; "
            + "allowed a loss that asks the teachers, for without one the student is the baseline, which every run trains as well; "
            + "add 'kind: kd' or another such loss"
        },
        {
            "temperatureSchedule: {kind: linear}",
            "spec.yaml:14:24 distillation.temperatureSchedule.to: found 0; "
            + "allowed above 0, for nothing can be divided by a temperature of 0; write a greater one"
        },
        {
            "temperatureSchedule: {kind: cosine, from: 0, to: 1}",
            "spec.yaml:14:45 distillation.temperatureSchedule.from: found 0; "
            + "allowed above 0, for nothing can be divided by a temperature of 0; write a greater one"
        },
        {
            "temperatureSchedule: {kind: warm-up, epochs: 3}",
            "spec.yaml:14:24 distillation.temperatureSchedule.from: found 0; "
            + "allowed above 0, for nothing can be divided by a temperature of 0; write a greater one"
        },
        {
            "codec: {kind: top-k, k: 4, temperature: 4}\n  temperatureSchedule: {kind: linear, to: 0.5}",
            "spec.yaml:15:24 distillation.temperatureSchedule: found linear with codec top-k; "
            + "allowed constant, for probabilities of some classes cannot be tempered afterwards; "
            + "remove temperatureSchedule, or choose codec fp32, fp16 or int8"
        },
        {
            "codec: {kind: sampled, temperature: 4}\n  losses: [{kind: kd}, {kind: dkd}]",
            "spec.yaml:15:31 distillation.losses[1].kind: found dkd with codec sampled; "
            + "allowed kd or labels, for the others need every class and the codec keeps some; "
            + "choose another loss, or codec fp32, fp16 or int8"
        },
        {
            "losses: [{kind: jsd, beta: 1}]",
            "spec.yaml:14:30 distillation.losses[0].beta: found 1; allowed a number above 0 to below 1; "
            + "write such a value, the default is 0.5 (the teacher's share of the mixture: towards 0 the loss is like kd, towards 1 like reverse-kl)"
        },
        {
            "losses: [{kind: kd, beta: 1}]",
            "spec.yaml:14:23 distillation.losses[0].beta: found an unknown key; allowed kind, weight or schedule; remove it"
        },
        {
            "losses: [{kind: reverse_kl}]",
            "spec.yaml:14:19 distillation.losses[0].kind: found 'reverse_kl'; "
            + "allowed kd, reverse-kl, jsd, dkd, dist, logit-standardisation, logit-matching, hint, attention, rkd, similarity or labels; write 'kind: reverse-kl'"
        },
        {
            "losses: [{weight: 1}]",
            "spec.yaml:14:12 distillation.losses[0].kind: found nothing; "
            + "allowed kd, reverse-kl, jsd, dkd, dist, logit-standardisation, logit-matching, hint, attention, rkd, similarity or labels; "
            + "write 'kind: kd' or another kind (terms whose weighted sum is minimised, in place of alpha's two)"
        },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Losses_BrokenInOneWay_SayWhereWhatAndWhatToDo(string keys, string line) =>
        SpecText.Problems(SpecText.With("temperature: 2.5", keys), SpecText.Mnist).ShouldBe([line]);

    [Theory]
    [InlineData("losses: []\n  alpha: 0.5")]
    [InlineData("losses: [{kind: kd, weight: 0}, {kind: dist}]")]
    [InlineData("losses: [{kind: kd, schedule: {kind: warm-up, epochs: 0.5}}]")]
    [InlineData("losses: [{kind: kd}, {kind: labels}]\n  codec: {kind: top-k, k: 2, temperature: 4}")]
    [InlineData("losses: [{kind: dkd}]\n  codec: {kind: top-k, k: 10}\n  temperatureSchedule: {kind: linear, to: 0.5}")]
    [InlineData("temperatureSchedule: {kind: linear, to: 1}\n  codec: {kind: sampled, temperature: 4}")]
    [InlineData("losses: [{kind: logit-matching}]\n  ensemble: mean-logits")]
    public void Losses_ThatCanBeDone_HaveNoProblems(string keys) =>
        SpecText.Problems(SpecText.With("temperature: 2.5", keys), SpecText.Mnist).ShouldBeEmpty();

    [Fact]
    public void Losses_OfManyFaults_AreReportedAtOnce() =>
        SpecText.Problems(
            SpecText.With(
                "temperature: 2.5",
                """
                alpha: 0.1
                  temperatureSchedule: {kind: linear, from: 2}
                  codec: {kind: sampled, temperature: 4}
                  losses: [{kind: jsd, weight: 0}, {kind: dist, weight: 0}]
                """),
            SpecText.Mnist)
            .Select(line => line[..line.IndexOf(": found", StringComparison.Ordinal)])
            .ShouldBe(
            [
                "spec.yaml:14:10 distillation.alpha",
                "spec.yaml:15:24 distillation.temperatureSchedule",
                "spec.yaml:15:24 distillation.temperatureSchedule.to",
                "spec.yaml:17:11 distillation.losses",
                "spec.yaml:17:19 distillation.losses[0].kind",
                "spec.yaml:17:43 distillation.losses[1].kind",
            ]);

    [Fact]
    public void Losses_ThatWereWritten_AreBound()
    {
        var spec = SpecText.Bind(
            SpecText.With("temperature: 2.5", "losses: [{kind: dkd, weight: 2, beta: 4, schedule: {kind: warm-up, epochs: 20}}, {kind: labels}]"),
            "distillation.losses[1].weight=0.5").Spec.ShouldNotBeNull();

        spec.Distillation.Losses.ShouldBe(
        [
            new DkdLossSpec { Weight = 2, Beta = 4, Schedule = new WarmUpFactorSpec { Epochs = 20 } },
            new LabelsLossSpec { Weight = 0.5 },
        ]);
    }
}
