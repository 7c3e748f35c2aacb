using CsCheck;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Sweeps;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Tests.Sweeps;

public class SamplerTests
{
    private const string Finite =
        """
          parameters:
            - {kind: choice, path: distillation.temperature, values: [1, 2, 4]}
            - {kind: integer, path: student.training.batchSize, low: 1, high: 20, log: true}
            - {kind: uniform, path: distillation.alpha, low: 0, high: 1, step: 0.5}
        """;

    public static TheoryData<string> Drawing => ["{kind: random, trials: 1000}", "{kind: tpe, trials: 1000, startup: 5}"];

    [Fact]
    public void Grid_ProposesEveryPointOnceAndEnds()
    {
        var sweep = SweepText.Compile(SweepText.Grid);

        var history = Run(sweep, seed: 1);

        history.Trials.Select(trial => trial.Assignment).ShouldBe(Enumerable.Range(0, 18).Select(position => sweep.Space.At(position)));
    }

    [Theory]
    [MemberData(nameof(Drawing))]
    public void Sampler_OfAFiniteSpace_TriesEveryPointOnceAndEnds(string sampler)
    {
        var history = Run(SweepText.Compile($"{Finite}\n  sampler: {sampler}"), seed: 3);

        history.Trials.Count.ShouldBe(180);
        history.Trials.Select(trial => trial.Assignment).ShouldBeUnique();
    }

    [Theory]
    [InlineData("{kind: random, trials: 7}")]
    [InlineData("{kind: tpe, trials: 7}")]
    public void Sampler_AfterAsManyTrialsAsWereAskedFor_Ends(string sampler) =>
        Run(SweepText.Compile($"{Finite}\n  sampler: {sampler}"), seed: 3).Trials.Count.ShouldBe(7);

    [Theory]
    [MemberData(nameof(Drawing))]
    public void AnyHistory_YieldsTheSameProposalAgainAndWithinBounds(string sampler)
    {
        var text = SweepText.Random.Replace("{kind: random, trials: 1000}", sampler, StringComparison.Ordinal);
        var (one, other) = (SweepText.Compile(text), SweepText.Compile(text));

        Gen.Select(Gen.Long, Gen.Int[0, 3].Array[0, 25]).Sample((seed, ends) =>
        {
            var history = ends.Aggregate(SweepHistory.Empty, (before, end) => Step(one, before, seed, end));
            var proposal = one.Sampler.Propose(history, seed).ShouldNotBeNull();

            other.Sampler.Propose(history, seed).ShouldBe(proposal);
            IsWithinBounds(proposal).ShouldBeTrue(proposal.ToString());
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void Sampler_WithAnotherSeed_ProposesSomethingElse()
    {
        var sweep = SweepText.Compile(SweepText.Random);

        sweep.Sampler.Propose(SweepHistory.Empty, 1).ShouldNotBe(sweep.Sampler.Propose(SweepHistory.Empty, 2));
    }

    [Fact]
    public void History_OfATrialThatHasEnded_CannotEndItAgain() =>
        Should.Throw<InvalidOperationException>(() => SweepHistory.Empty.Begin(new Assignment([])).Fail(0).Finish(0, [1]));

    private static SweepHistory Run(Sweep sweep, long seed)
    {
        var history = SweepHistory.Empty;
        while (sweep.Sampler.Propose(history, seed) is { } assignment)
        {
            history = history.Begin(assignment).Finish(history.Trials.Count, [assignment.Settings[0].Value]);
        }

        return history;
    }

    private static SweepHistory Step(Sweep sweep, SweepHistory history, long seed, int end)
    {
        var begun = history.Begin(sweep.Sampler.Propose(history, seed)!);
        var number = history.Trials.Count;
        return end switch
        {
            0 => begun,
            1 => begun.Fail(number),
            2 => begun.Prune(number, epochs: 1 + (number % 3), value: number / 100.0),
            _ => begun.Finish(number, [number / 50.0]),
        };
    }

    private static bool IsWithinBounds(Assignment assignment)
    {
        var values = assignment.Settings.ToDictionary(setting => setting.Path, setting => setting.Value);
        var spec = assignment.Apply(SweepText.Bind(SweepText.Random));
        return assignment.Architecture is 0 or 1
            && values["distillation.temperature"] is 1 or 2 or 4 or 8
            && values["distillation.alpha"] is >= 0.1 and <= 0.9
            && values["student.training.optimizer.rate"] is >= 0.0001 and <= 0.01
            && values["student.training.batchSize"] is >= 32 and <= 256
            && spec.Student.Training.Epochs is 2 or 5 or 8 or 11 or 14 or 17 or 20
            && spec.Student.Model is MlpSpec or CnnSpec;
    }
}
