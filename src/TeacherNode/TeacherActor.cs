using Akka.Actor;
using Akka.Event;
using Stillhouse.Hosting.Trials;
using Stillhouse.Messages.Teachers;
using Stillhouse.TeacherNode.Assignments;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.TeacherNode;

/// <summary>
/// One teacher: has it prepared on a thread of its own, then keeps it serving until the actor is stopped. One that failed
/// leaves as soon as the coordinator knows.
/// </summary>
public sealed class TeacherActor : ReceiveActor, IWithTimers
{
    private readonly ITeacherAssignment _assignment;
    private readonly string _node;
    private readonly IActorRef _coordinator;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationToken _stopping;
    private readonly Action _cancelWork;
    private TrialReporter _reporter = null!;
    private Task<AssignedTeacher> _teacher = null!;
    private ReplicaEndpoint? _endpoint;

    public TeacherActor(ITeacherAssignment assignment, string node, IActorRef coordinator)
    {
        _assignment = assignment;
        _node = node;
        _coordinator = coordinator;
        // Never disposed: the work may still look at the token when this actor is gone.
        var stopping = new CancellationTokenSource();
        (_stopping, _cancelWork) = (stopping.Token, stopping.Cancel);
        Receive<StartTeacher>(start => _reporter.Started(start.Lease));
        Receive<StopTrial>(_ => Context.Stop(Self), stop => _endpoint is null && stop.Lease.Number >= _reporter.Lease.Number);
        Receive<StartReplica>(_ => Confirm());
        Receive<AssignedTeacher>(Serve);
        Receive<Status.Failure>(failure => Fail(failure.Cause));
        Receive<TrialReporter.RepeatEnd>(repeat => _reporter.Repeated(repeat));
        Receive<TrialEndRecorded>(_ => Recorded());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ITeacherAssignment assignment, string node, IActorRef coordinator) =>
        Akka.Actor.Props.Create(() => new TeacherActor(assignment, node, coordinator));

    protected override void PreStart()
    {
        _reporter = new TrialReporter(_assignment.Trial, _assignment.Lease, _coordinator, Self, Timers);
        _teacher = _assignment.FulfilAsync(_reporter, _stopping);
        _teacher.PipeTo(Self);
    }

    /// <summary>A teacher that is still being prepared is disposed as soon as it has noticed that it is not needed.</summary>
    protected override void PostStop()
    {
        _cancelWork();
        _teacher.ContinueWith(
            teacher => teacher.Result.Teacher.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
    }

    private void Serve(AssignedTeacher assigned)
    {
        _endpoint = new ReplicaEndpoint(_node, assigned.Teacher.Address);
        _log.Info("{Trial} serves at {Address}", _assignment.Trial, _endpoint.Address);
        _reporter.Ended(_ => assigned.Announce(_endpoint));
    }

    /// <summary>A coordinator that lost sight of this node and found it again asks for what is here already.</summary>
    private void Confirm()
    {
        if (_endpoint is { } endpoint)
        {
            _reporter.Ended(_ => new ReplicaServing(_assignment.Trial, endpoint));
        }
    }

    private void Fail(Exception cause)
    {
        _log.Error(cause, "{Trial} failed", _assignment.Trial);
        _reporter.Ended(lease => _assignment.Failed(cause, lease));
    }

    private void Recorded()
    {
        _reporter.Recorded();
        if (_teacher.IsFaulted)
        {
            Context.Stop(Self);
        }
    }
}
