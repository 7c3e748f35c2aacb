using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>Takes frames off a <see cref="RawTcpSource"/> as fast as it can.</summary>
internal static class RawTcpSink
{
    /// <summary>Several small frames, or a good part of a large one, in one call.</summary>
    private const int ReceiveBytes = 1 << 20;

    /// <summary>Blocks for the duration.</summary>
    /// <returns>Megabytes of frames per second.</returns>
    public static double Measure(int port, FrameSize size, Throughput throughput)
    {
        using var source = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        source.Connect(IPAddress.Loopback, port);
        Span<byte> prefix = stackalloc byte[RawTcpSource.PrefixBytes];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, size.Bytes);
        source.Send(prefix);
        var buffer = new byte[ReceiveBytes];
        var pending = 0L;
        while (throughput.GoesOn)
        {
            pending += source.Receive(buffer);
            var frames = pending / (RawTcpSource.PrefixBytes + size.Bytes);
            pending -= frames * (RawTcpSource.PrefixBytes + size.Bytes);
            if (frames > 0)
            {
                throughput.Add((int)frames * size.Bytes);
            }
        }

        return throughput.MegabytesPerSecond;
    }
}
