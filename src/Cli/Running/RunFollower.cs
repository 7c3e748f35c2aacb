using Akka.Actor;
using Stillhouse.Cli.Views;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cli.Running;

/// <summary>
/// Submits a run until it is admitted, or takes it as it is, watches it, shows it, and completes a task with its end. Every
/// message is safe to repeat, so a lost one costs an interval.
/// </summary>
internal sealed class RunFollower : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly IActorRef _coordinator;
    private IRunMessage _question;

    /// <param name="question">A submission, or the wish to watch.</param>
    public RunFollower(IActorRef coordinator, IRunMessage question, IRunView view, TaskCompletionSource<IRunMessage> end)
    {
        _coordinator = coordinator;
        _question = question;
        Receive<Tick>(_ => Ask());
        Receive<RunAdmitted>(admitted =>
        {
            _question = new WatchRun(admitted.Run);
            Ask();
        });
        Receive<RunChanged>(changed => view.Show(changed.Snapshot));
        Receive<CancelRun>(cancel => coordinator.Tell(cancel));
        Receive<IRunMessage>(ending => end.TrySetResult(ending), message => message is RunCompleted or RunFailed or RunCancelled or RunRefused or RunUnknown);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef coordinator, IRunMessage question, IRunView view, TaskCompletionSource<IRunMessage> end) =>
        Akka.Actor.Props.Create(() => new RunFollower(coordinator, question, view, end));

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, Interval);

    private void Ask() => _coordinator.Tell(_question);

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}
