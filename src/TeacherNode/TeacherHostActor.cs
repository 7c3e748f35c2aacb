using Akka.Actor;
using Stillhouse.Hosting.Registration;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Nodes;
using Stillhouse.TeacherNode.Assignments;
using Stillhouse.TeacherNode.Teaching;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.TeacherNode;

/// <summary>Takes a node's teacher work: one child per teacher.</summary>
public sealed class TeacherHostActor : ReceiveActor
{
    private readonly string _node;
    private readonly int _threads;
    private readonly IActorRef _coordinator;
    private readonly Dictionary<TrialId, IActorRef> _teachers = [];

    public TeacherHostActor(string node, int threads, IActorRef coordinator, TeacherWorkshop workshop)
    {
        (_node, _threads) = (node, threads);
        _coordinator = coordinator;
        Receive<StartTeacher>(start => Assign(start, () => new TrainingAssignment(start, workshop)));
        Receive<StartReplica>(start => Assign(start, () => new ReplicaAssignment(start, node, workshop)));
        Receive<WithdrawReplica>(withdraw => Stop(trial => trial == withdraw.Trial));
        Receive<ReleaseTeachers>(release => Stop(trial => trial.Run == release.Run));
        Receive<Terminated>(terminated => Forget(terminated.ActorRef));
    }

    /// <param name="threads">CPU threads that the node offers.</param>
    public static Props Props(string node, int threads, IActorRef coordinator, TeacherWorkshop workshop) =>
        Akka.Actor.Props.Create(() => new TeacherHostActor(node, threads, coordinator, workshop));

    protected override void PreStart() =>
        Context.ActorOf(NodeRegistrar.Props(_coordinator, new NodeProtocol.RegisterNode(_node, NodeRole.Teacher, _threads), Self));

    private void Assign(ITrialMessage order, Func<ITeacherAssignment> assignment)
    {
        if (!_teachers.TryGetValue(order.Trial, out var teacher))
        {
            teacher = Context.Watch(Context.ActorOf(TeacherActor.Props(assignment(), _node, _coordinator)));
            _teachers[order.Trial] = teacher;
        }

        teacher.Forward(order);
    }

    private void Stop(Func<TrialId, bool> concerns)
    {
        foreach (var trial in _teachers.Keys.Where(concerns).ToArray())
        {
            _teachers.Remove(trial, out var teacher);
            Context.Stop(teacher);
        }
    }

    /// <summary>A teacher that failed leaves, so that it can be tried anew.</summary>
    private void Forget(IActorRef teacher)
    {
        foreach (var trial in _teachers.Where(entry => entry.Value.Equals(teacher)).Select(entry => entry.Key).ToArray())
        {
            _teachers.Remove(trial);
        }
    }
}
