using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Stillhouse.Coordinator.Ledger;
using Stillhouse.Coordinator.Nodes;
using Stillhouse.Messages;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunInquiries;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Coordinator.Runs;

/// <summary>
/// One run: asks <see cref="RunDecider"/> what follows from a message, writes it to the ledger, then acts on it and answers.
/// Begun anew, it goes on from its ledger.
/// </summary>
public sealed class RunActor : ReceivePersistentActor, IWithTimers
{
    private static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(2);

    private readonly SubmitRun _submission;
    private readonly TimeProvider _time;
    private readonly RunDispatcher _dispatcher;
    private readonly RunWatchers _watchers;
    private readonly RunContacts _contacts = new();
    private readonly TrialReports _reports;
    private readonly RunInquiryDesk _desk;
    private readonly RunDevices _devices;
    private WorkerNodes _workers = WorkerNodes.None;
    private RunState? _state;
    private long _summarised;

    /// <param name="submission">What the run begins with, where its ledger is empty.</param>
    public RunActor(SubmitRun submission, TimeProvider time, IActorRef students)
    {
        _submission = submission;
        _time = time;
        _dispatcher = new RunDispatcher(students);
        _watchers = new RunWatchers(Self);
        _reports = new TrialReports(Log);
        _desk = new RunInquiryDesk(Context.System, PersistenceId);
        _devices = new RunDevices(Context.Parent);
        Recover<SnapshotOffer>(Restore);
        Recover<IRunEvent>(fact => _state = RunLedger.Apply(_state, fact));
        Recover<RecoveryCompleted>(_ => Begin());
        Command<WorkerNodes>(ReconsiderWith);
        Command<WatchRun>(_ => Watch());
        Command<Terminated>(terminated => _watchers.Remove(terminated.ActorRef));
        Command<RepeatOrders>(_ => Repeat());
        Command<DeviceOffice.Allotted>(allotted => Reconsider(_devices.Take(allotted, _workers.Nodes)));
        Command<ILeasedMessage>(StopLeaseless, IsLeaseless);
        Command<TrialProgressed>(Follow);
        Command<TrialWaits>(report =>
        {
            _reports.Hear(report);
            Show();
        });
        Command<ITrialMessage>(HandleTrial);
        Command<IRunControl>(Control);
        Command<IRunInquiry>(question => _desk.AnswerAsync(question, _state!).PipeTo(Sender));
        Command<SaveSnapshotSuccess>(saved => DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1)));
        Command<SaveSnapshotFailure>(failure => Log.Warning(failure.Cause, "The ledger's summary could not be written; recovery will replay more facts."));
        Command<DeleteSnapshotsSuccess>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public override string PersistenceId => $"run-{_submission.Run}";

    public static Props Props(SubmitRun submission, TimeProvider time, IActorRef students) =>
        Akka.Actor.Props.Create(() => new RunActor(submission, time, students));

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        base.OnRecoveryFailure(reason, message);
        Context.Parent.Tell(new RunHosts.RecoveryFailed(PersistenceId, LastSequenceNr, reason));
    }

    /// <summary>The actor is stopped, and begun again from its ledger. Until then decisions wait; whoever reports, reports again.</summary>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "The ledger could not be written (fact {SequenceNr}); decisions of this run wait", sequenceNr);

    private void Restore(SnapshotOffer offer)
    {
        _state = RunSummaries.Restore((RunSummary)offer.Snapshot);
        _summarised = offer.Metadata.SequenceNr;
    }

    private void Begin()
    {
        Timers.StartPeriodicTimer(nameof(RepeatOrders), RepeatOrders.Instance, RepeatInterval);
        if (_state is null)
        {
            Handle(_submission, () => { });
        }
        else
        {
            Log.Info("Run {Run} goes on from fact {SequenceNr}: {Status}", _state.Run, LastSequenceNr, _state.Status);
            TellStanding(_state);
            ClaimDevices();
        }
    }

    private void Watch()
    {
        Context.Watch(Sender);
        _watchers.Add(Sender, Snapshot(), Ending());
    }

    private void Repeat()
    {
        if (_state is not { } state)
        {
            return;
        }

        if (!state.IsOpen && _watchers.IsEmpty)
        {
            // An ended run is read again when somebody asks for it.
            Context.Stop(Self);
            return;
        }

        Reconsider();
        _contacts.Forget(state);
        _dispatcher.Repeat(state, _workers, _contacts, _time.GetUtcNow());
    }

    private void ReconsiderWith(WorkerNodes workers)
    {
        _workers = workers;
        Reconsider();
    }

    private void Reconsider() => Reconsider(_workers.Nodes);

    private void Reconsider(ClusterNodes nodes)
    {
        var facts = RunDecider.Reconsider(_state, nodes, _time.GetUtcNow());
        Record(facts, () => { });
        if (facts.Count == 0)
        {
            ClaimDevices();
        }
    }

    private void ClaimDevices()
    {
        if (_state is { } state)
        {
            _devices.Claim(state, _workers.Nodes, Self);
        }
    }

    /// <summary>Whether a report comes from somebody who has no business with the trial any more.</summary>
    private bool IsLeaseless(ILeasedMessage report) =>
        _state?.Trials.Find(report.Trial.Name) is { } trial && !(_state.IsHeld(report.Trial.Name) && trial.IsUnder(report.Lease));

    /// <summary>It was told so already; that message may have been lost.</summary>
    private void StopLeaseless(ILeasedMessage report) => Sender.Tell(new StopTrial(report.Trial, report.Lease));

    private void Follow(TrialProgressed report)
    {
        _contacts.Hear(report, _time.GetUtcNow());
        _reports.Hear(report);
        Handle(report, Show);
    }

    /// <summary>Whoever reports an end, or a replica, waits for the acknowledgement, which follows the record.</summary>
    private void HandleTrial(ITrialMessage message)
    {
        _contacts.Hear(message, _time.GetUtcNow());
        var reporter = Sender;
        Handle(message, () =>
        {
            if (message is TrialFinished or TrialFailed or TeacherServing or ReplicaServing or ReplicaFailed)
            {
                reporter.Tell(new TrialEndRecorded(message.Trial));
            }
        });
    }

    private void Control(IRunControl message)
    {
        var (client, before) = (Sender, _state!.Status);
        Handle(message, () => client.Tell(new RunStands(message.Run, _state.Status, _state.Status != before)));
    }

    private void Handle(IProtocolMessage message, Action recorded) =>
        Record(RunDecider.Decide(_state, message, _workers.Nodes, _time.GetUtcNow()), recorded);

    /// <param name="recorded">Done when all facts are durable, and have been acted on.</param>
    private void Record(IReadOnlyList<IRunEvent> facts, Action recorded)
    {
        if (facts.Count == 0)
        {
            recorded();
            return;
        }

        PersistAll(facts, Act, () =>
        {
            Show();
            _watchers.End(Ending());
            recorded();
            if (facts.Any(DeviceClaims.MayChangeBy))
            {
                ClaimDevices();
            }

            Summarise();
        });
    }

    private void Act(IRunEvent fact)
    {
        LogFact(fact);
        var before = _state;
        _state = RunLedger.Apply(_state, fact);
        _dispatcher.Act(fact, before, _state, _workers);
        if (_state.Status != before?.Status)
        {
            TellStanding(_state);
        }
    }

    private void Summarise()
    {
        if (SnapshotCadence.IsDue(_summarised, LastSequenceNr))
        {
            _summarised = LastSequenceNr;
            SaveSnapshot(RunSummaries.Of(_state!));
        }
    }

    private static void TellStanding(RunState state) => Context.Parent.Tell(new RunHosts.RunStandsAt(state.Run, state.Status));

    private void Show() => _watchers.Show(Snapshot());

    private RunSnapshot? Snapshot() => _state is null ? null : _reports.Show(_state, _workers.Nodes);

    private IRunMessage? Ending() => _state switch
    {
        { Status: RunStatus.Completed } => new RunCompleted(_state.Run, _state.Report!),
        { Status: RunStatus.Failed } => new RunFailed(_state.Run, _state.Reason!),
        { Status: RunStatus.Cancelled } => new RunCancelled(_state.Run),
        _ => null,
    };

    private void LogFact(IRunEvent fact)
    {
        if (FactWords.IsTrouble(fact))
        {
            Log.Warning("{Fact}", fact);
        }
        else
        {
            Log.Info("{Fact}", fact);
        }
    }

    private sealed class RepeatOrders
    {
        public static readonly RepeatOrders Instance = new();
    }
}
