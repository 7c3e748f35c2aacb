using System.Text;
using Akka.Actor;

namespace Stillhouse.Hosting.Cluster;

/// <summary>What people call a node, as members of the cluster see it: a role that it alone has.</summary>
public static class NodeNames
{
    private const string Prefix = "node-";

    /// <summary>In letters and digits alone: a name may hold what a role must not.</summary>
    public static string RoleOf(string node) => Prefix + Convert.ToHexString(Encoding.UTF8.GetBytes(node));

    /// <summary>The names of the members by their addresses; who bears no name is left out.</summary>
    public static IReadOnlyDictionary<Address, string> ByAddress(Akka.Cluster.Cluster cluster) =>
        cluster.State.Members
            .Select(member => (member.Address, Role: member.Roles.FirstOrDefault(role => role.StartsWith(Prefix, StringComparison.Ordinal))))
            .Where(member => member.Role is not null)
            .ToDictionary(member => member.Address, member => Encoding.UTF8.GetString(Convert.FromHexString(member.Role.AsSpan(Prefix.Length))));
}
