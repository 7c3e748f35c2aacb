using Akka.Actor;
using Stillhouse.Messages.Nodes;

namespace Stillhouse.Hosting.Registration;

/// <summary>
/// Tells the coordinator, again and again, that this node takes work for a role: so a coordinator that has just
/// started, or has just become the leader, knows its nodes within one interval.
/// </summary>
public sealed class NodeRegistrar : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <param name="coordinator">The way to the coordinator.</param>
    /// <param name="registration">What it is told.</param>
    /// <param name="worker">
    /// The actor that takes the work, and whose end means that the node is lost; by default the registrar itself, where
    /// work arrives by sharding.
    /// </param>
    public NodeRegistrar(IActorRef coordinator, NodeProtocol.RegisterNode registration, IActorRef? worker) =>
        Receive<Tick>(_ => coordinator.Tell(registration, worker ?? Self));

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef coordinator, NodeProtocol.RegisterNode registration, IActorRef? worker = null) =>
        Akka.Actor.Props.Create(() => new NodeRegistrar(coordinator, registration, worker));

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, Interval);

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}
