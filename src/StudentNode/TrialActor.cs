using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Stillhouse.Hosting.Trials;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.StudentNode.Learning;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.StudentNode;

/// <summary>One student trial, an entity of the shard region: has its work done on a thread of its own and reports the end.</summary>
public sealed class TrialActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(2);

    private readonly string _node;
    private readonly IActorRef _coordinator;
    private readonly StudentWorkshop _workshop;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationToken _stopping;
    private readonly Action _cancelWork;
    private StartTrial? _start;
    private TrialReporter _reporter = null!;
    private TeacherReporter _teachers = null!;
    private TeacherRoster _roster = null!;
    private ReplicaEndpoint? _endpoint;
    private bool _finished;

    public TrialActor(string node, IActorRef coordinator, StudentWorkshop workshop)
    {
        _node = node;
        _coordinator = coordinator;
        _workshop = workshop;
        // Never disposed: the work may still look at the token when this actor is gone.
        var stopping = new CancellationTokenSource();
        (_stopping, _cancelWork) = (stopping.Token, stopping.Cancel);
        Receive<StartTrial>(Refuse, start => start.Lease.Node != node);
        Receive<StartTrial>(Begin, _ => _start is null);
        Receive<StartTrial>(start => _reporter.Started(start.Lease));
        Receive<TeachersMoved>(Move);
        Receive<TrialOutcome>(Finish);
        Receive<Status.Failure>(failure => Fail(failure.Cause));
        Receive<TrialReporter.RepeatEnd>(repeat => _reporter.Repeated(repeat));
        Receive<Serving>(serving => Serve(serving.Address));
        Receive<RepeatServing>(_ => SayServing());
        Receive<TrialEndRecorded>(_ => _reporter.Recorded(), _ => _finished && _endpoint is not null);
        Receive<TrialEndRecorded>(_ => Leave());
        Receive<StopTrial>(_ => Leave(), stop => _start is null || stop.Lease.Number >= _reporter.Lease.Number);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(string node, IActorRef coordinator, StudentWorkshop workshop) =>
        Akka.Actor.Props.Create(() => new TrialActor(node, coordinator, workshop));

    protected override void PostStop() => _cancelWork();

    /// <summary>The shard of another node is here because that node is away: it is asked again when it is back.</summary>
    private void Refuse(StartTrial start)
    {
        _log.Warning("{Trial} is for {Node}, which is away", start.Trial, start.Lease.Node);
        if (_start is null)
        {
            Leave();
        }
    }

    private void Begin(StartTrial start)
    {
        _start = start;
        _reporter = new TrialReporter(start.Trial, start.Lease, _coordinator, Self, Timers);
        _reporter.Started(start.Lease);
        _teachers = new TeacherReporter(start.Trial, _coordinator, Self);
        _roster = new TeacherRoster(_teachers);
        var self = Self;
        _workshop.WorkAsync(start, _roster, address => self.Tell(new Serving(address)), _reporter, _stopping).PipeTo(Self);
    }

    /// <summary>Networks that learn beside this one ask it until all of them have finished: the coordinator stops it then.</summary>
    private void Serve(Uri address)
    {
        _endpoint = new ReplicaEndpoint(_node, address);
        Timers.StartPeriodicTimer(nameof(RepeatServing), RepeatServing.Instance, TimeSpan.Zero, Repeat);
    }

    private void SayServing() => _coordinator.Tell(new PeerServes(_start!.Trial, _reporter.Lease, _endpoint!));

    private void Move(TeachersMoved moved)
    {
        // A trial that has not begun yet is told where its teachers are when it does.
        if (_start is not null)
        {
            _roster.Move(moved.Teachers);
            _teachers.Repeat(moved.Teachers);
        }
    }

    private void Finish(TrialOutcome outcome)
    {
        _log.Info("{Trial} has come to its end", _start!.Trial);
        _finished = true;
        _reporter.Ended(_ => new TrialFinished(_start.Trial, outcome));
    }

    private void Fail(Exception cause)
    {
        _log.Error(cause, "{Trial} failed", _start!.Trial);
        _reporter.Ended(lease => new TrialFailed(_start.Trial, lease, cause.Message));
    }

    /// <summary>The shard forgets the trial and stops this actor.</summary>
    private static void Leave() => Context.Parent.Tell(new Passivate(PoisonPill.Instance));

    /// <summary>Said by the work: the others can ask from now on.</summary>
    private sealed record Serving(Uri Address) : INoSerializationVerificationNeeded;

    private sealed class RepeatServing : INoSerializationVerificationNeeded
    {
        public static readonly RepeatServing Instance = new();
    }
}
