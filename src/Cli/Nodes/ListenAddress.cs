using System.Net;

namespace Stillhouse.Cli.Nodes;

/// <summary>Which interface a node listens on, given the name under which others reach it.</summary>
internal static class ListenAddress
{
    /// <summary>The address itself, or loopback for <c>localhost</c>; a host name may resolve differently for others, so all interfaces.</summary>
    public static IPAddress Of(string host) =>
        IPAddress.TryParse(host, out var address) ? address
        : host == "localhost" ? IPAddress.Loopback
        : IPAddress.Any;
}
