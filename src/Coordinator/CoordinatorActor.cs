using Akka.Actor;
using Stillhouse.Coordinator.Nodes;
using Stillhouse.Coordinator.Runs;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Nodes.NodeProtocol;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Coordinator;

/// <summary>The cluster singleton: keeps the register of nodes and routes messages to the run that they concern.</summary>
public sealed class CoordinatorActor : ReceiveActor
{
    private readonly TimeProvider _time;
    private readonly IActorRef _students;
    private WorkerNodes _workers = WorkerNodes.None;

    /// <param name="time">The clock of the ledgers.</param>
    /// <param name="students">The shard region of student trials.</param>
    public CoordinatorActor(TimeProvider time, IActorRef students)
    {
        _time = time;
        _students = students;
        Receive<RegisterNode>(Register);
        Receive<Terminated>(terminated => Lose(terminated.ActorRef));
        Receive<SubmitRun>(submit => RunOf(submit.Run, create: true).Forward(submit));
        Receive<IRunMessage>(message => ToRun(message.Run, message));
        Receive<TrialProtocol.ITrialMessage>(message => ToRun(message.Trial.Run, message));
    }

    public static Props Props(TimeProvider time, IActorRef students) =>
        Akka.Actor.Props.Create(() => new CoordinatorActor(time, students));

    /// <summary>A run that broke cannot be trusted any more, and must not begin anew as if nothing had been.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Register(RegisterNode registration)
    {
        if (_workers.Knows(registration, Sender))
        {
            return;
        }

        // A node that came back before its loss was noticed has forgotten its work.
        if (_workers.Find(registration) is { } forgetful)
        {
            Lose(forgetful);
        }

        Context.Watch(Sender);
        Announce(_workers.With(registration, Sender));
    }

    private void Lose(IActorRef worker)
    {
        Context.Unwatch(worker);
        Announce(_workers.Without(worker));
    }

    private void Announce(WorkerNodes workers)
    {
        _workers = workers;
        foreach (var run in Context.GetChildren())
        {
            run.Tell(workers);
        }
    }

    private void ToRun(RunId id, object message)
    {
        var run = RunOf(id, create: false);
        if (run.IsNobody())
        {
            Sender.Tell(new RunRefused(id, $"there is no run {id}"));
        }
        else
        {
            run.Forward(message);
        }
    }

    private IActorRef RunOf(RunId id, bool create)
    {
        var run = Context.Child(id.Value);
        if (!run.IsNobody() || !create)
        {
            return run;
        }

        run = Context.ActorOf(RunActor.Props(_time, _students), id.Value);
        run.Tell(_workers);
        return run;
    }
}
