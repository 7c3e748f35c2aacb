using Akka.Cluster.Hosting.SBR;
using Stillhouse.Messages.Nodes;

namespace Stillhouse.Hosting.Cluster;

/// <summary>Which side of a network partition goes on.</summary>
public static class SplitBrain
{
    /// <summary>Why a number of coordinators cannot be had, or null.</summary>
    public static string? Refusal(int coordinators) => coordinators switch
    {
        < 1 => "a cluster needs a coordinator; start 1 or at least 3",
        2 => "with two coordinators the loss of one ends the whole cluster; start 1 or at least 3",
        _ => null,
    };

    /// <summary>One coordinator: its side goes on. Three or more: the side with most coordinators does, whatever workers it has.</summary>
    public static SplitBrainResolverOption Resolver(int coordinators) =>
        coordinators == 1
            ? new KeepOldestOption { Role = NodeRole.Coordinator, DownIfAlone = false }
            : new KeepMajorityOption { Role = NodeRole.Coordinator };
}
