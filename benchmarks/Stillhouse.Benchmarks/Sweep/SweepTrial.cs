using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Benchmarks.Sweep;

/// <summary>One trial: a temperature and a weight of the soft part; all else is the same in all trials.</summary>
internal sealed record SweepTrial(double Temperature, double Alpha)
{
    private const int Epochs = 5;
    private const long Seed = 1;

    public static IReadOnlyList<SweepTrial> All { get; } =
    [
        .. from temperature in new[] { 1.0, 2, 5 }
           from alpha in new[] { 0.3, 0.5, 0.7 }
           select new SweepTrial(temperature, alpha),
    ];

    public DistillationSpec Distillation => new() { Temperature = Temperature, Alpha = Alpha };

    public override string ToString() => $"T = {Temperature}, alpha = {Alpha}";

    /// <param name="threads">CPU threads of the trial.</param>
    public static NetworkTraining Work(int threads, Session session) => new(
        new MlpSpec { Widths = [784, 400, 10] },
        new TrainingSpec { Epochs = session.Quick ? 1 : Epochs, BatchSize = 128, Threads = threads },
        new ScheduleSpec(),
        Seed);
}
