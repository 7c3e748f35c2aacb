using Akka.Actor;
using Akka.Event;
using Stillhouse.Hosting.Trials;
using Stillhouse.Messages.Teachers;
using Stillhouse.TeacherNode.Teaching;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.TeacherNode;

/// <summary>One teacher: has it prepared on a thread of its own, then keeps it serving until the actor is stopped.</summary>
public sealed class TeacherActor : ReceiveActor, IWithTimers
{
    private readonly StartTeacher _start;
    private readonly string _node;
    private readonly IActorRef _coordinator;
    private readonly TeacherWorkshop _workshop;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationToken _stopping;
    private readonly Action _cancelWork;
    private TrialReporter _reporter = null!;
    private Task<ServingTeacher> _teacher = null!;

    public TeacherActor(StartTeacher start, string node, IActorRef coordinator, TeacherWorkshop workshop)
    {
        _start = start;
        _node = node;
        _coordinator = coordinator;
        _workshop = workshop;
        // Never disposed: the work may still look at the token when this actor is gone.
        var stopping = new CancellationTokenSource();
        (_stopping, _cancelWork) = (stopping.Token, stopping.Cancel);
        Receive<StartTeacher>(_ => _reporter.Started(_node));
        Receive<ServingTeacher>(Serve);
        Receive<Status.Failure>(failure => Fail(failure.Cause));
        Receive<TrialReporter.RepeatEnd>(repeat => _reporter.Repeated(repeat));
        Receive<TrialEndRecorded>(_ => _reporter.Recorded());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(StartTeacher start, string node, IActorRef coordinator, TeacherWorkshop workshop) =>
        Akka.Actor.Props.Create(() => new TeacherActor(start, node, coordinator, workshop));

    protected override void PreStart()
    {
        _reporter = new TrialReporter(_start.Trial, _coordinator, Self, Timers);
        _reporter.Started(_node);
        _teacher = _workshop.PrepareAsync(_start.Work, _reporter, _stopping);
        _teacher.PipeTo(Self);
    }

    /// <summary>A teacher that is still being prepared is disposed as soon as it has noticed that it is not needed.</summary>
    protected override void PostStop()
    {
        _cancelWork();
        _teacher.ContinueWith(
            teacher => teacher.Result.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
    }

    private void Serve(ServingTeacher teacher)
    {
        var endpoint = new TeacherEndpoint(_start.Work.Name, teacher.Outcome.Weights, teacher.Outcome.Parameters, teacher.Address);
        _log.Info("{Teacher} serves at {Address}", endpoint.Name, endpoint.Address);
        _reporter.Ended(new TeacherServing(_start.Trial, teacher.Outcome, endpoint));
    }

    private void Fail(Exception cause)
    {
        _log.Error(cause, "{Trial} failed", _start.Trial);
        _reporter.Ended(new TrialFailed(_start.Trial, cause.Message));
    }
}
