using Akka.Actor;
using Stillhouse.Messages;

namespace Stillhouse.Cli.Clients;

/// <summary>Asks the same again until somebody answers: any message may get lost, and every question may be repeated.</summary>
internal sealed class Inquiry : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public Inquiry(IActorRef coordinator, IProtocolMessage question, TaskCompletionSource<IProtocolMessage> answer)
    {
        Receive<Tick>(_ => coordinator.Tell(question));
        Receive<IProtocolMessage>(message => answer.TrySetResult(message));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef coordinator, IProtocolMessage question, TaskCompletionSource<IProtocolMessage> answer) =>
        Akka.Actor.Props.Create(() => new Inquiry(coordinator, question, answer));

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, Interval);

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}
