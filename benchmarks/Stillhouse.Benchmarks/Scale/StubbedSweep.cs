using Akka.Actor;
using Stillhouse.Coordinator;
using Stillhouse.Coordinator.Ledger;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Nodes;
using static Stillhouse.Messages.Nodes.NodeProtocol;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Benchmarks.Scale;

/// <summary>A real coordinator over a real ledger, and nodes that answer at once without training anything.</summary>
internal static class StubbedSweep
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public static async Task<SweepCost> RunAsync(int trials, string ledger, Session session)
    {
        var (run, address) = (new RunId("scale"), LedgerAddress.File(ledger));
        SweepCost cost;
        await using (var node = await LedgerNode.StartAsync(address))
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var (coordinator, stub) = Begin(node.System, session.Time);
            var started = session.Time.GetTimestamp();
            await coordinator.Ask<RunAdmitted>(StubSpec.Submission(run, trials), Patience, session.Cancellation);
            await StandingAsync(node.System, coordinator, run, session, message => message is RunCompleted);
            var elapsed = session.Time.GetElapsedTime(started);
            var decisions = await stub.Ask<long>(StubNodes.HowMany.Instance, Patience, session.Cancellation);
            var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
            GC.KeepAlive(coordinator);
            cost = new SweepCost(trials, 0, decisions, elapsed, heap, 0, TimeSpan.Zero);
        }

        await using (var node = await LedgerNode.StartAsync(address))
        {
            var started = session.Time.GetTimestamp();
            var (coordinator, _) = Begin(node.System, session.Time);
            await StandingAsync(node.System, coordinator, run, session, message => message is RunCompleted);
            return cost with { Facts = LedgerNode.Facts(address), LedgerBytes = LedgerNode.Bytes(ledger), Recovery = session.Time.GetElapsedTime(started) };
        }
    }

    private static (IActorRef Coordinator, IActorRef Stub) Begin(ActorSystem system, TimeProvider time)
    {
        var stub = system.ActorOf(Props.Create(() => new StubNodes()));
        var coordinator = system.ActorOf(CoordinatorActor.Props(time, stub, "artifacts"));
        coordinator.Tell(new RegisterNode("teacher", NodeRole.Teacher, Threads: 1), stub);
        coordinator.Tell(new RegisterNode("student", NodeRole.Student, StubSpec.Parallel), stub);
        return (coordinator, stub);
    }

    private static async Task StandingAsync(
        ActorSystem system, IActorRef coordinator, RunId run, Session session, Func<IRunMessage, bool> isIt)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new Watcher(coordinator, run, isIt, heard)));
        await heard.Task.WaitAsync(Patience, session.Time, session.Cancellation);
    }

    /// <summary>Watches a run until it has heard something.</summary>
    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef coordinator, RunId run, Func<IRunMessage, bool> isIt, TaskCompletionSource heard)
        {
            Receive<IRunMessage>(_ => heard.TrySetResult(), new Predicate<IRunMessage>(isIt));
            coordinator.Tell(new WatchRun(run));
        }
    }
}
