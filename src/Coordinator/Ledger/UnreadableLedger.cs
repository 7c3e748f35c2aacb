using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;

namespace Stillhouse.Coordinator.Ledger;

/// <summary>What happens when facts cannot be replayed.</summary>
public static class UnreadableLedger
{
    /// <summary>
    /// A database that is away is tried again. Facts that cannot be read, or that do not follow from each other, stay so: the
    /// node refuses to coordinate, and ends.
    /// </summary>
    public static void Report(ActorSystem system, ILoggingAdapter log, string ledger, long lastSequenceNr, Exception reason)
    {
        if (Cause(reason) is not { } cause)
        {
            log.Warning(reason, "The ledger of {Ledger} cannot be read now; it is tried again", ledger);
            return;
        }

        var finding = $"the ledger of {ledger} cannot be read after fact {lastSequenceNr} (tables journal and snapshot, persistence_id '{ledger}'): "
            + $"{cause.Message} Restore the ledger from a copy, or start the version of still that wrote it.";
        log.Error(reason, "{Finding}", finding);
        _ = CoordinatedShutdown.Get(system).Run(new Refusal(finding));
    }

    /// <summary>The fault of the facts themselves, or null where there is none.</summary>
    private static Exception? Cause(Exception? reason)
    {
        while (reason is not null and not SerializationException and not InvalidOperationException { Source: "Stillhouse.Orchestration" })
        {
            reason = reason.InnerException;
        }

        return reason;
    }

    /// <summary>Why a node ended that had found its ledger unreadable.</summary>
    public sealed class Refusal(string finding) : CoordinatedShutdown.Reason
    {
        public string Finding => finding;

        public override int ExitCode => 1;
    }
}
