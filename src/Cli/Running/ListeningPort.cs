using System.Net;
using System.Net.Sockets;

namespace Stillhouse.Cli.Running;

/// <summary>Waits for a process on loopback to listen.</summary>
internal static class ListeningPort
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task WaitAsync(int port, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!await AnswersAsync(port, cancellation))
        {
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
