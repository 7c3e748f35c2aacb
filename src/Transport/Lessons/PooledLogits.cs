using System.Buffers;
using System.Runtime.InteropServices;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Lessons;

/// <summary>Logits that came off the wire, in a buffer that returns to its pool on disposal.</summary>
internal sealed class PooledLogits : ILogits
{
    private readonly ArrayPool<byte> _pool;
    private readonly int _bytes;
    private byte[]? _buffer;

    /// <summary>Takes fp32 values, little-endian, whatever their number: whether they fit a lesson is checked later.</summary>
    public PooledLogits(ArrayPool<byte> pool, in ReadOnlySequence<byte> values, int rows, int classes)
    {
        (_pool, _bytes, Rows, Classes) = (pool, checked((int)values.Length), rows, classes);
        _buffer = pool.Rent(_bytes);
        values.CopyTo(_buffer);
    }

    public int Rows { get; }

    public int Classes { get; }

    public ReadOnlySpan<float> Values
    {
        get
        {
            var buffer = _buffer;
            ObjectDisposedException.ThrowIf(buffer is null, this);
            return MemoryMarshal.Cast<byte, float>(buffer.AsSpan(0, _bytes));
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            _pool.Return(buffer);
        }
    }
}
