using System.Net;
using System.Net.Sockets;

namespace Stillhouse.Cli.Running;

/// <summary>Finds loopback ports for nodes that must know each other's before they start.</summary>
internal static class FreePorts
{
    /// <summary>
    /// Different ports that nobody listens on at the moment. Another process could take one before its node does; the node
    /// then says so and the run fails with that reason.
    /// </summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            return [.. listeners.Select(listener =>
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            })];
        }
        finally
        {
            foreach (var listener in listeners)
            {
                listener.Dispose();
            }
        }
    }
}
