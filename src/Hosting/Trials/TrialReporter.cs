using Akka.Actor;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Hosting.Trials;

/// <summary>Tells the coordinator how a trial is getting on; its end is told again until it has been recorded.</summary>
public sealed class TrialReporter(TrialId trial, IActorRef coordinator, IActorRef self, ITimerScheduler timers) : IProgress<TrialProgress>
{
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(2);

    public void Started(string node) => coordinator.Tell(new TrialStarted(trial, node), self);

    /// <summary>May be called from the thread that trains.</summary>
    public void Report(TrialProgress value) => coordinator.Tell(new TrialProgressed(trial, value), self);

    /// <param name="end">What the coordinator is told.</param>
    public void Ended(ITrialMessage end)
    {
        coordinator.Tell(end, self);
        timers.StartPeriodicTimer(nameof(RepeatEnd), new RepeatEnd(end), Repeat);
    }

    public void Repeated(RepeatEnd repeat) => coordinator.Tell(repeat.End, self);

    public void Recorded() => timers.Cancel(nameof(RepeatEnd));

    /// <summary>A reminder that the owner of this reporter sends itself.</summary>
    public sealed record RepeatEnd(ITrialMessage End) : INoSerializationVerificationNeeded;
}
