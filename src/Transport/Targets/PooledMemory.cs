using System.Buffers;

namespace Stillhouse.Transport.Targets;

/// <summary>Encoded targets in a pooled array, for those who write them: encoders and receivers.</summary>
/// <remarks>
/// Managed rather than native memory: what somebody forgets to dispose is collected instead of lost, and a span stays valid
/// as long as anybody can see it. The price is that arrays come in powers of two; <see cref="HeldBytes"/> says how large
/// this one is, so that budgets count what is really occupied.
/// </remarks>
public sealed class PooledMemory : TargetMemory
{
    private readonly ArrayPool<byte> _pool;
    private readonly int _length;
    private byte[]? _buffer;

    private PooledMemory(int length, ArrayPool<byte> pool) => (_pool, _length, _buffer) = (pool, length, pool.Rent(length));

    public override ReadOnlySpan<byte> Bytes => Writable;

    public override long HeldBytes => Volatile.Read(ref _buffer)?.Length ?? 0;

    /// <summary>The same bytes, for whoever fills them before they are handed on; arbitrary at first.</summary>
    public Span<byte> Writable
    {
        get
        {
            var buffer = Volatile.Read(ref _buffer);
            ObjectDisposedException.ThrowIf(buffer is null, this);
            return buffer.AsSpan(0, _length);
        }
    }

    /// <summary>Takes memory for so many bytes out of the pool, the process's own if none is given.</summary>
    public static PooledMemory Rent(int length, ArrayPool<byte>? pool = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new PooledMemory(length, pool ?? ArrayPool<byte>.Shared);
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            _pool.Return(buffer);
        }
    }
}
