using Akka.Actor;
using Stillhouse.Hosting.Registration;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Nodes;
using static Stillhouse.Messages.Teachers.TeacherProtocol;

namespace Stillhouse.TeacherNode;

/// <summary>Takes a node's teacher work: one child per teacher.</summary>
public sealed class TeacherHostActor : ReceiveActor
{
    private readonly string _node;
    private readonly IActorRef _coordinator;
    private readonly Dictionary<TrialId, IActorRef> _teachers = [];

    public TeacherHostActor(string node, IActorRef coordinator, Func<StartTeacher, Props> teacher)
    {
        _node = node;
        _coordinator = coordinator;
        Receive<StartTeacher>(start =>
        {
            if (_teachers.TryGetValue(start.Trial, out var begun))
            {
                begun.Forward(start);
            }
            else
            {
                _teachers[start.Trial] = Context.ActorOf(teacher(start));
            }
        });
        Receive<ReleaseTeachers>(release =>
        {
            foreach (var trial in _teachers.Keys.Where(trial => trial.Run == release.Run).ToArray())
            {
                _teachers.Remove(trial, out var released);
                Context.Stop(released);
            }
        });
    }

    public static Props Props(string node, IActorRef coordinator, Func<StartTeacher, Props> teacher) =>
        Akka.Actor.Props.Create(() => new TeacherHostActor(node, coordinator, teacher));

    protected override void PreStart() =>
        Context.ActorOf(NodeRegistrar.Props(_coordinator, new NodeProtocol.RegisterNode(_node, NodeRole.Teacher), Self));
}
