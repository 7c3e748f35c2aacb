using System.Buffers;

namespace Stillhouse.Transport.Codecs;

/// <summary>Pooled memory for the length of a method; arbitrary at first.</summary>
internal readonly ref struct Scratch<T>(int length) : IDisposable
{
    private readonly T[] _rented = ArrayPool<T>.Shared.Rent(length);

    public Span<T> Span => _rented.AsSpan(0, length);

    public void Dispose() => ArrayPool<T>.Shared.Return(_rented);
}
