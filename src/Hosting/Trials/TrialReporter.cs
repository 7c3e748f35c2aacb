using Akka.Actor;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Hosting.Trials;

/// <summary>Tells the coordinator how a trial is getting on; its end is told again until it has been recorded.</summary>
/// <param name="lease">Under which the trial was begun.</param>
public sealed class TrialReporter(TrialId trial, TrialLease lease, IActorRef coordinator, IActorRef self, ITimerScheduler timers) : IProgress<TrialProgress>
{
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(2);

    private volatile TrialLease _lease = lease;

    /// <summary>Under which the trial is worked on now.</summary>
    public TrialLease Lease => _lease;

    /// <summary>Work has begun, or goes on under a later lease, because the coordinator had lost sight of it.</summary>
    public void Started(TrialLease lease)
    {
        if (lease.Number > _lease.Number)
        {
            _lease = lease;
        }

        coordinator.Tell(new TrialStarted(trial, _lease), self);
    }

    /// <summary>May be called from the thread that trains.</summary>
    public void Report(TrialProgress value) => coordinator.Tell(new TrialProgressed(trial, _lease, value), self);

    /// <param name="end">What the coordinator is told, given the lease of the moment.</param>
    public void Ended(Func<TrialLease, ITrialMessage> end)
    {
        coordinator.Tell(end(_lease), self);
        timers.StartPeriodicTimer(nameof(RepeatEnd), new RepeatEnd(end), Repeat);
    }

    public void Repeated(RepeatEnd repeat) => coordinator.Tell(repeat.End(_lease), self);

    public void Recorded() => timers.Cancel(nameof(RepeatEnd));

    /// <summary>A reminder that the owner of this reporter sends itself.</summary>
    public sealed record RepeatEnd(Func<TrialLease, ITrialMessage> End) : INoSerializationVerificationNeeded;
}
