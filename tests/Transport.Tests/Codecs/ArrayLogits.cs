using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Tests.Codecs;

/// <summary>Logits in an array, which know when they have been disposed.</summary>
internal sealed class ArrayLogits(float[] values, int classes) : ILogits
{
    public int Rows => values.Length / classes;

    public int Width => classes;

    public bool Disposed { get; private set; }

    public ReadOnlySpan<float> Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(Disposed, this);
            return values;
        }
    }

    public void Dispose() => Disposed = true;
}
