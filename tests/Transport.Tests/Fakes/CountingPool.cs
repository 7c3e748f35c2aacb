using System.Buffers;

namespace Stillhouse.Transport.Tests.Fakes;

/// <summary>Knows how many buffers are lent.</summary>
internal sealed class CountingPool : ArrayPool<byte>
{
    private int _lent;
    private int _rented;

    public int Lent => Volatile.Read(ref _lent);

    public int Rented => Volatile.Read(ref _rented);

    public override byte[] Rent(int minimumLength)
    {
        Interlocked.Increment(ref _lent);
        Interlocked.Increment(ref _rented);
        return Shared.Rent(minimumLength);
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        Interlocked.Decrement(ref _lent);
        Shared.Return(array, clearArray);
    }
}
