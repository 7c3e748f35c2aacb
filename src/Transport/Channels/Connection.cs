using Grpc.Net.Client;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Channels;

/// <summary>An HTTP/2 connection to a teacher's node.</summary>
internal static class Connection
{
    /// <summary>What a message may have besides its payload.</summary>
    private const int EnvelopeBytes = 64 << 10;

    private const int SmallestWindow = 64 << 10;
    private const int LargestWindow = 16 << 20;

    private static readonly TimeSpan KeepAliveDelay = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Straight to the address, past any proxy; pings find out when the other machine is gone without a word. HTTP/2's own
    /// window is as wide as the credit: that bounds what is on the way, and a narrower one would cost round trips.
    /// </summary>
    public static GrpcChannel To(Uri address, Hello hello) =>
        GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = hello.FrameBytes + EnvelopeBytes,
            MaxSendMessageSize = null,
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                UseProxy = false,
                InitialHttp2StreamWindowSize = (int)Math.Clamp(hello.CreditBytes, SmallestWindow, LargestWindow),
                KeepAlivePingDelay = KeepAliveDelay,
                KeepAlivePingTimeout = KeepAliveTimeout,
            },
        });
}
