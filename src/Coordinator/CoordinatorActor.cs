using Akka.Actor;
using Akka.Persistence;
using Stillhouse.Coordinator.Ledger;
using Stillhouse.Coordinator.Nodes;
using Stillhouse.Coordinator.Runs;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Nodes.NodeProtocol;
using static Stillhouse.Messages.Runs.CatalogueProtocol;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Coordinator;

/// <summary>
/// The cluster singleton: keeps the catalogue of runs and the register of nodes, and routes messages to the run that they
/// concern. Begun anew, it lets every open run go on.
/// </summary>
public sealed class CoordinatorActor : ReceivePersistentActor, IWithTimers
{
    /// <summary>How long nodes have to announce themselves to a coordinator that begins with runs under way.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(15);

    /// <summary>Runs in one answer: all together stay far below what a message may hold.</summary>
    private const int PageSize = 200;

    /// <summary>How long a run's actor that stopped, because its ledger was away, stays away.</summary>
    private static readonly TimeSpan ReturnDelay = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _time;
    private readonly RunHosts _runs;
    private readonly DeviceOffice _devices;
    private WorkerNodes _workers = WorkerNodes.None;
    private RunCatalogue _catalogue = RunCatalogue.Empty;

    /// <param name="time">The clock of the ledgers.</param>
    /// <param name="students">The shard region of student trials.</param>
    /// <param name="artifacts">The artifact store's folder.</param>
    public CoordinatorActor(TimeProvider time, IActorRef students, string artifacts)
    {
        _time = time;
        _runs = new RunHosts(Context, submission => RunActor.Props(submission, time, students));
        _devices = new DeviceOffice(_runs.Tell);
        Recover<ICatalogueEvent>(fact => _catalogue = _catalogue.Apply(fact));
        Recover<RecoveryCompleted>(_ => Begin());
        Command<RegisterNode>(Register);
        Command<Terminated>(terminated => Lose(terminated.ActorRef));
        Command<Settle>(_ => Announce(_workers with { AreSettled = true }));
        Command<SubmitRun>(Submit);
        Command<ListRuns>(list => Sender.Tell(_catalogue.Page(list.Skip, PageSize)));
        Command<LocateArtifacts>(_ => Sender.Tell(new ArtifactsLocated(artifacts)));
        Command<IRunMessage>(message => ToRun(message.Run, message));
        Command<TrialProtocol.ITrialMessage>(message => ToRun(message.Trial.Run, message));
        Command<RunHosts.RunStandsAt>(Hear);
        Command<DeviceOffice.Claimed>(Hear);
        Command<RunHosts.RecoveryFailed>(Judge);
        Command<Return>(back => Continue(back.Run));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public override string PersistenceId => "catalogue";

    public static Props Props(TimeProvider time, IActorRef students, string artifacts) =>
        Akka.Actor.Props.Create(() => new CoordinatorActor(time, students, artifacts));

    /// <summary>Whatever broke in a run's actor, its ledger is whole: it begins anew from that.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        base.OnRecoveryFailure(reason, message);
        UnreadableLedger.Report(Context.System, Log, PersistenceId, LastSequenceNr, reason);
    }

    private void Begin()
    {
        if (!_catalogue.Open.Any())
        {
            return;
        }

        _workers = _workers with { AreSettled = false };
        Timers.StartSingleTimer(nameof(Settle), Settle.Instance, SettleTime);
        foreach (var entry in _catalogue.Open)
        {
            _devices.Open(entry.Run, entry.Submission.Priority);
            RunOf(entry);
        }
    }

    private IActorRef RunOf(CatalogueEntry entry) => _runs.Of(entry, ViewOf(entry.Run));

    private WorkerNodes ViewOf(RunId run) => _workers with { PinnedElsewhere = _devices.PinnedElsewhere(run) };

    private void Register(RegisterNode registration)
    {
        if (_workers.Knows(registration, Sender))
        {
            return;
        }

        // A node that came back before its loss was noticed has forgotten its work.
        if (_workers.Find(registration) is { } forgetful)
        {
            Lose(forgetful.Actor);
        }

        Context.Watch(Sender);
        Announce(_workers.With(registration, Sender));
    }

    private void Lose(IActorRef actor)
    {
        Context.Unwatch(actor);
        if (actor.Path.Parent.Equals(Self.Path))
        {
            var run = new RunId(actor.Path.Name);
            Timers.StartSingleTimer(run, new Return(run), ReturnDelay);
        }
        else
        {
            Announce(_workers.Without(actor));
        }
    }

    private void Announce(WorkerNodes workers)
    {
        _workers = workers;
        _runs.Announce(ViewOf);
        _devices.NodesBecome(workers.Nodes);
    }

    private void Submit(SubmitRun submission)
    {
        if (_catalogue.Find(submission.Run) is { } known)
        {
            Sender.Tell(Submissions.AreSame(known.Submission, submission)
                ? new RunAdmitted(submission.Run, Anew: false)
                : new RunRefused(submission.Run, $"there is a run {submission.Run} with another spec; choose another id"));
            return;
        }

        if (Feasibility.Problems(submission.Spec, _workers.Nodes).ToArray() is { Length: > 0 } problems)
        {
            Sender.Tell(new RunRefused(submission.Run, string.Join("; ", problems)));
            return;
        }

        var client = Sender;
        Record(_catalogue.Submit(submission, _time.GetUtcNow()), () =>
        {
            _devices.Open(submission.Run, submission.Priority);
            RunOf(_catalogue.Find(submission.Run)!);
            client.Tell(new RunAdmitted(submission.Run));
        });
    }

    private void ToRun(RunId id, object message)
    {
        if (_catalogue.Find(id) is { } entry)
        {
            RunOf(entry).Forward(message);
        }
        else
        {
            Sender.Tell(new RunUnknown(id, [.. _catalogue.Nearest(id)]));
        }
    }

    private void Hear(RunHosts.RunStandsAt standing) =>
        Record(_catalogue.Hear(standing.Run, standing.Status, _time.GetUtcNow()), () =>
        {
            var entry = _catalogue.Find(standing.Run)!;
            if (entry.IsOpen)
            {
                _devices.Open(entry.Run, entry.Submission.Priority);
            }
            else
            {
                _devices.Close(entry.Run);
            }
        });

    private void Hear(DeviceOffice.Claimed claimed)
    {
        if (_devices.Hear(claimed))
        {
            _runs.Announce(ViewOf);
        }
    }

    private void Continue(RunId run)
    {
        if (_catalogue.Find(run) is { IsOpen: true } entry)
        {
            RunOf(entry);
        }
    }

    private void Judge(RunHosts.RecoveryFailed failure) =>
        UnreadableLedger.Report(Context.System, Log, failure.Ledger, failure.SequenceNr, failure.Reason);

    private void Record(ICatalogueEvent? fact, Action recorded)
    {
        if (fact is null)
        {
            return;
        }

        Persist(fact, durable =>
        {
            _catalogue = _catalogue.Apply(durable);
            recorded();
        });
    }

    private sealed class Settle
    {
        public static readonly Settle Instance = new();
    }

    private sealed record Return(RunId Run) : INoSerializationVerificationNeeded;
}
