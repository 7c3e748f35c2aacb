using Akka.Actor;
using Stillhouse.Coordinator.Nodes;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Coordinator.Runs;

/// <summary>The actors of the coordinator's runs: one per run that is open, or that somebody asks about.</summary>
/// <param name="context">Of the coordinator, which is their parent.</param>
/// <param name="props">Makes the actor of a run.</param>
internal sealed class RunHosts(IActorContext context, Func<SubmitRun, Props> props)
{
    /// <summary>The run's actor, started where it is not there.</summary>
    public IActorRef Of(CatalogueEntry entry, WorkerNodes workers)
    {
        var run = context.Child(entry.Run.Value);
        if (!run.IsNobody())
        {
            return run;
        }

        run = context.Watch(context.ActorOf(props(entry.Submission), entry.Run.Value));
        run.Tell(workers);
        return run;
    }

    /// <param name="view">The nodes as a run is to see them.</param>
    public void Announce(Func<RunId, WorkerNodes> view)
    {
        foreach (var run in context.GetChildren())
        {
            run.Tell(view(new RunId(run.Path.Name)));
        }
    }

    public void Tell(RunId run, object message) => context.Child(run.Value).Tell(message);

    /// <summary>A run's actor says where its run stands.</summary>
    public sealed record RunStandsAt(RunId Run, RunStatus Status) : INoSerializationVerificationNeeded;

    /// <summary>A run's actor could not read its ledger, and stops.</summary>
    /// <param name="Ledger">The persistence id.</param>
    /// <param name="SequenceNr">The last fact that it could read.</param>
    public sealed record RecoveryFailed(string Ledger, long SequenceNr, Exception Reason) : INoSerializationVerificationNeeded;
}
