using Grpc.Net.Client;

namespace Stillhouse.Transport.Channels;

/// <summary>An HTTP/2 connection to a teacher's node.</summary>
internal static class Connection
{
    private static readonly TimeSpan KeepAliveDelay = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Straight to the address, past any proxy; pings find out when the other machine is gone without a word.</summary>
    public static GrpcChannel To(Uri address, int maximumAnswerBytes) =>
        GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = maximumAnswerBytes,
            MaxSendMessageSize = null,
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                UseProxy = false,
                KeepAlivePingDelay = KeepAliveDelay,
                KeepAlivePingTimeout = KeepAliveTimeout,
            },
        });
}
