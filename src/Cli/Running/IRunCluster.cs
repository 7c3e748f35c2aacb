using Akka.Actor;

namespace Stillhouse.Cli.Running;

/// <summary>The nodes of one run; disposing it stops them all.</summary>
internal interface IRunCluster : IAsyncDisposable
{
    /// <summary>The member through which this process takes part.</summary>
    ActorSystem System { get; }

    /// <summary>The way to the coordinator.</summary>
    IActorRef Coordinator { get; }

    /// <summary>Completes with the reason in one line if the cluster can no longer do the run.</summary>
    Task<string> Broken { get; }
}
