using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Cli.Tests.Views;

/// <summary>Snapshots of a run with one trial, 100 steps an epoch and 3 epochs.</summary>
internal static class ARun
{
    private static readonly NodeSnapshot Node = new("worker", ["teacher", "student"], "training big");

    public static RunSnapshot With(params TrialSnapshot[] trials) =>
        new(new RunId("small-1"), RunStatus.Running, trials, [Node]);

    public static TrialSnapshot Waiting(string why) => new("student", StageKind.Distill, TrialStatus.Waiting, why, null, null);

    public static TrialSnapshot Running(long step, double waitShare = 0) =>
        new("big", StageKind.Train, TrialStatus.Running, null, "worker", Progress(step, waitShare));

    public static TrialSnapshot Finished() =>
        new("big", StageKind.Train, TrialStatus.Finished, null, "worker", Progress(300, 0));

    private static TrialProgress Progress(long step, double waitShare) =>
        new((int)Math.Min(3, (step / 100) + 1), 3, step, 300, 0.5, step < 100 ? null : 0.9, 12_345, waitShare);
}
