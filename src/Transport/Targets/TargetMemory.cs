namespace Stillhouse.Transport.Targets;

/// <summary>The bytes of encoded targets, wherever they are: a pooled buffer, a tensor, a mapped file. Freed on disposal.</summary>
public abstract class TargetMemory : IDisposable
{
    /// <summary>Valid until disposal.</summary>
    public abstract ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Bytes that cannot be used for anything else until disposal.</summary>
    public virtual long HeldBytes => Bytes.Length;

    public abstract void Dispose();
}
