using Akka.Actor;
using Akka.Event;
using Stillhouse.Coordinator.Nodes;
using Stillhouse.Messages;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunEvents;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Coordinator.Runs;

/// <summary>
/// One run: asks <see cref="RunDecider"/> what follows from a message, records it, then acts on it. The facts live in
/// memory; they are the ones that a journal would hold.
/// </summary>
public sealed class RunActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly RunDispatcher _dispatcher;
    private readonly RunWatchers _watchers;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly TrialReports _reports;
    private WorkerNodes _workers = WorkerNodes.None;
    private RunState? _state;

    public RunActor(TimeProvider time, IActorRef students)
    {
        _time = time;
        _dispatcher = new RunDispatcher(students);
        _watchers = new RunWatchers(Self);
        _reports = new TrialReports(_log);
        Receive<WorkerNodes>(ReconsiderWith);
        Receive<SubmitRun>(Submit);
        Receive<WatchRun>(_ => Watch());
        Receive<Terminated>(terminated => _watchers.Remove(terminated.ActorRef));
        Receive<RepeatOrders>(_ => Repeat());
        Receive<TrialProgressed>(report =>
        {
            _reports.Hear(report);
            Show();
        });
        Receive<TrialWaits>(report =>
        {
            _reports.Hear(report);
            Show();
        });
        Receive<ITrialMessage>(HandleTrial);
        Receive<IRunMessage>(message => Handle(message));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(TimeProvider time, IActorRef students) =>
        Akka.Actor.Props.Create(() => new RunActor(time, students));

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(RepeatOrders), RepeatOrders.Instance, RepeatInterval);

    private void Watch()
    {
        Context.Watch(Sender);
        _watchers.Add(Sender, Snapshot(), Ending());
    }

    private void Repeat()
    {
        if (_state is not null)
        {
            Reconsider();
            _dispatcher.Repeat(_state, _workers);
        }
    }

    private void Submit(SubmitRun submit)
    {
        Handle(submit);
        Sender.Tell(new RunAdmitted(submit.Run));
    }

    private void ReconsiderWith(WorkerNodes workers)
    {
        _workers = workers;
        Reconsider();
    }

    private void Reconsider() => Record(RunDecider.Reconsider(_state, _workers.Nodes, _time.GetUtcNow()));

    /// <summary>Whoever reports an end, or a replica, waits for the acknowledgement, which follows the record.</summary>
    private void HandleTrial(ITrialMessage message)
    {
        Handle(message);
        if (message is TrialFinished or TrialFailed or TeacherServing or ReplicaServing or ReplicaFailed)
        {
            Sender.Tell(new TrialEndRecorded(message.Trial));
        }
    }

    private void Handle(IProtocolMessage message) =>
        Record(RunDecider.Decide(_state, message, _workers.Nodes, _time.GetUtcNow()));

    private void Record(IReadOnlyList<IRunEvent> facts)
    {
        foreach (var fact in facts)
        {
            Log(fact);
            _state = RunLedger.Apply(_state, fact);
            _dispatcher.Act(fact, _state, _workers);
        }

        if (facts.Count > 0)
        {
            Show();
            _watchers.End(Ending());
        }
    }

    private void Show() => _watchers.Show(Snapshot());

    private RunSnapshot? Snapshot() => _state is null ? null : _reports.Show(_state, _workers.Nodes);

    private IRunMessage? Ending() => _state switch
    {
        { Status: RunStatus.Completed } => new RunCompleted(_state.Run, _state.Report!),
        { Status: RunStatus.Failed } => new RunFailed(_state.Run, _state.Reason!),
        { Status: RunStatus.Cancelled } => new RunCancelled(_state.Run),
        _ => null,
    };

    private void Log(IRunEvent fact)
    {
        if (fact is ReplicaLost or ReplicaBroke or ReplicaQuarantined or TrialLost or TrialBroke or RunBroke)
        {
            _log.Warning("{Fact}", fact);
        }
        else
        {
            _log.Info("{Fact}", fact);
        }
    }

    private sealed class RepeatOrders
    {
        public static readonly RepeatOrders Instance = new();
    }
}
