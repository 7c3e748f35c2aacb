using Akka.Cluster.Sharding;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Hosting.Cluster;

/// <summary>Routes a message to the trial that it names. Every node must use the same number of shards.</summary>
public sealed class TrialMessageExtractor() : HashCodeMessageExtractor(NumberOfShards)
{
    private const int NumberOfShards = 100;

    public override string? EntityId(object message) => (message as ITrialMessage)?.Trial.ToString();
}
