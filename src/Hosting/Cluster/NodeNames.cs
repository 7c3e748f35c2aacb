using System.Text;
using Akka.Actor;

namespace Stillhouse.Hosting.Cluster;

/// <summary>What people call a node, as members of the cluster see it: a role that it alone has.</summary>
public static class NodeNames
{
    private const string Prefix = "node-";

    /// <summary>In letters and digits alone: a name may hold what a role must not.</summary>
    public static string RoleOf(string node) => Prefix + Convert.ToHexString(Encoding.UTF8.GetBytes(node));

    /// <summary>The name of the node that an actor is on; null where that is no member, or bears no name.</summary>
    public static string? Of(IActorRef actor, Akka.Cluster.Cluster cluster)
    {
        var address = actor.Path.Address.HasLocalScope ? cluster.SelfAddress : actor.Path.Address;
        var role = cluster.State.Members
            .Where(member => member.Address.Equals(address))
            .SelectMany(member => member.Roles)
            .FirstOrDefault(role => role.StartsWith(Prefix, StringComparison.Ordinal));
        return role is null ? null : Encoding.UTF8.GetString(Convert.FromHexString(role.AsSpan(Prefix.Length)));
    }
}
