using System.Buffers.Binary;
using System.Net.Sockets;

namespace Stillhouse.Benchmarks.Teaching;

/// <summary>What the kernel counted on a TCP connection, all protocols above included (<c>TCP_INFO</c> of tcp(7)).</summary>
internal static class SocketBytes
{
    private const int LevelTcp = 6;
    private const int TcpInfo = 11;
    private const int BytesReceivedOffset = 128;
    private const int BytesSentOffset = 200;
    private const int InfoBytes = BytesSentOffset + sizeof(ulong);

    /// <returns>Bytes in both directions; 0 once the socket is closed.</returns>
    public static long Of(Socket socket)
    {
        Span<byte> info = stackalloc byte[InfoBytes];
        try
        {
            socket.GetRawSocketOption(LevelTcp, TcpInfo, info);
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }

        return BinaryPrimitives.ReadInt64LittleEndian(info[BytesReceivedOffset..]) + BinaryPrimitives.ReadInt64LittleEndian(info[BytesSentOffset..]);
    }
}
