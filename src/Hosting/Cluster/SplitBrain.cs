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

    /// <summary>
    /// How long the members within reach must stay the same before those out of reach are given up. A single coordinator gets
    /// the time in which it can be started again: its workers go on meanwhile, and would end themselves with it.
    /// </summary>
    public static TimeSpan StableAfter(int coordinators) => TimeSpan.FromSeconds(coordinators == 1 ? 30 : 10);

    /// <summary>
    /// Under a command that starts nodes again, the side of the command goes on. Else, with one coordinator, its side; with three or more
    /// the side with most coordinators, whatever workers it has.
    /// </summary>
    public static SplitBrainResolverOption Resolver(NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options switch
        {
            { IsAttached: true } => new KeepOldestOption { Role = NodeRole.Client, DownIfAlone = false },
            { Coordinators: 1 } => new KeepOldestOption { Role = NodeRole.Coordinator, DownIfAlone = false },
            _ => new KeepMajorityOption { Role = NodeRole.Coordinator },
        };
    }

    /// <summary>
    /// Whether all members give up when who is within reach keeps changing. Under a command two sides can never both go on, and nodes that
    /// die one after the other are no reason to end the command.
    /// </summary>
    public static bool EndsWhenUnstable(NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return !options.IsAttached;
    }
}
