using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Tests.Targets;

/// <summary>Bytes that know how often they were freed, and that can hold up whoever reads them.</summary>
internal sealed class TrackedMemory(byte[] bytes) : TargetMemory
{
    private int _freed;

    /// <summary>Readers wait for it.</summary>
    public ManualResetEventSlim Readable { get; } = new(initialState: true);

    public int Freed => Volatile.Read(ref _freed);

    public override long HeldBytes => bytes.Length;

    public override ReadOnlySpan<byte> Bytes
    {
        get
        {
            Readable.Wait(TestContext.Current.CancellationToken);
            Freed.ShouldBe(0, "nobody may read what was freed");
            return bytes;
        }
    }

    public override void Dispose()
    {
        if (Interlocked.Increment(ref _freed) == 1)
        {
            Array.Clear(bytes);
        }
    }
}
