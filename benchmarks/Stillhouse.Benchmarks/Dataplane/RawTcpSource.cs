using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>
/// What a socket can do at best: says the length and sends a frame, again and again, until the other side hangs up. No
/// questions, no credits, no checks, and the same memory every time.
/// </summary>
internal sealed class RawTcpSource : IDisposable
{
    /// <summary>The length in front of every frame, a 32-bit little-endian number.</summary>
    public const int PrefixBytes = sizeof(int);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public RawTcpSource()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        new Thread(Accept) { IsBackground = true, Name = "raw-tcp" }.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                using var sink = _listener.Accept();
                Send(sink);
            }
        }
        catch (SocketException)
        {
            // The listener was disposed.
        }
    }

    private static void Send(Socket sink)
    {
        sink.NoDelay = true;
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        sink.Receive(prefix);
        var frame = new byte[PrefixBytes + BinaryPrimitives.ReadInt32LittleEndian(prefix)];
        prefix.CopyTo(frame);
        try
        {
            while (true)
            {
                sink.Send(frame);
            }
        }
        catch (SocketException)
        {
            // The sink has had enough.
        }
    }
}
