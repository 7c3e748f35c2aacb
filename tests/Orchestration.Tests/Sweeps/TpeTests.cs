using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Sweeps;
using Stillhouse.Orchestration.Sweeps;

namespace Stillhouse.Orchestration.Tests.Sweeps;

/// <summary>Does TPE learn from what was tried? On functions whose best value is known, against random search.</summary>
public class TpeTests(ITestOutputHelper output)
{
    private const int Seeds = 20;
    private const int Budget = 60;

    private static readonly SweepSpec Plane = new()
    {
        Parameters =
        [
            new UniformParameterSpec { Path = "x", Low = -5, High = 10 },
            new UniformParameterSpec { Path = "y", Low = 0, High = 15 },
        ],
    };

    private static readonly SweepSpec Mixed = new()
    {
        Parameters =
        [
            new LogUniformParameterSpec { Path = "rate", Low = 1e-5, High = 1 },
            new IntegerParameterSpec { Path = "batch", Low = 8, High = 1024, Log = true },
            new ChoiceParameterSpec { Path = "temperature", Values = [1, 2, 4, 8, 16] },
        ],
        Architectures = [new MlpSpec { Widths = [1, 1] }, new MlpSpec { Widths = [1, 2, 1] }, new MlpSpec { Widths = [1, 3, 1] }],
    };

    [Fact]
    public void Tpe_OnBranin_BeatsRandomSearchWithTheSameTrials() => Compare(Plane, Branin);

    [Fact]
    public void Tpe_OnRatesChoicesAndArchitectures_BeatsRandomSearchWithTheSameTrials() => Compare(Mixed, Valley);

    [Fact]
    public void Tpe_WithTrialsUnderWay_DoesNotCrowdThem()
    {
        var space = SearchSpace.Of(Plane);
        var tpe = new TpeSampler(space, new TpeSamplerSpec { Trials = 1_000 }, Accuracy);
        var history = Enumerable.Range(0, 30).Aggregate(SweepHistory.Empty, (before, _) => Next(before, tpe, 5, Branin));

        var underWay = Enumerable.Range(0, 8).Aggregate(history, (before, _) => before.Begin(tpe.Propose(before, 5)!)).Trials.Skip(30);

        underWay.Select(trial => trial.Assignment).ShouldBeUnique();
        underWay.Max(trial => trial.Assignment.Settings[0].Value).ShouldBeGreaterThan(
            underWay.Min(trial => trial.Assignment.Settings[0].Value) + 1);
    }

    private static Objective Accuracy => Objective.Of(ObjectiveName.Accuracy);

    private void Compare(SweepSpec sweep, Func<Assignment, double> regret)
    {
        var space = SearchSpace.Of(sweep);
        var tpe = Regrets(new TpeSampler(space, new TpeSamplerSpec { Trials = Budget }, Accuracy), regret);
        var random = Regrets(new RandomSampler(space, Budget), regret);
        var wins = tpe.Zip(random).Count(pair => pair.First < pair.Second);
        output.WriteLine($"mean best regret of {Seeds} seeds, {Budget} trials: TPE {tpe.Average():G4}, random {random.Average():G4}; TPE wins {wins}");

        tpe.Average().ShouldBeLessThan(random.Average() / 2);
        wins.ShouldBeGreaterThanOrEqualTo(14);
    }

    private static double[] Regrets(ISampler sampler, Func<Assignment, double> regret) =>
        [.. Enumerable.Range(0, Seeds).Select(seed =>
            Enumerable.Range(0, Budget).Aggregate(SweepHistory.Empty, (history, _) => Next(history, sampler, seed, regret))
                .Trials.Min(trial => -trial.Objectives[0]))];

    private static SweepHistory Next(SweepHistory history, ISampler sampler, long seed, Func<Assignment, double> regret)
    {
        var assignment = sampler.Propose(history, seed)!;
        return history.Begin(assignment).Finish(history.Trials.Count, [-regret(assignment)]);
    }

    /// <summary>Branin's function less its minimum, 0.397887.</summary>
    private static double Branin(Assignment assignment)
    {
        var (x, y) = (assignment.Settings[0].Value, assignment.Settings[1].Value);
        var bend = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (bend * bend) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10 - 0.397887;
    }

    /// <summary>Best at a rate of 0.003, a batch of 64, a temperature of 4 and the last architecture.</summary>
    private static double Valley(Assignment assignment)
    {
        var values = assignment.Settings.Select(setting => setting.Value).ToArray();
        var (rate, batch) = (Math.Log10(values[0] / 0.003), Math.Log2(values[1] / 64));
        return (rate * rate) + (batch * batch / 4) + Math.Abs(Math.Log2(values[2] / 4)) + ((2 - assignment.Architecture!.Value) / 2.0);
    }
}
