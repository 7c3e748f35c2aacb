using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Transport.Targets;

/// <summary>
/// A teacher's answer to a lesson in one codec: what travels, and what stores keep. This is one holder's handle to it;
/// holders share the bytes, and the last to dispose its handle frees them. Safe for any thread.
/// </summary>
public sealed class EncodedTargets : IDisposable
{
    private readonly Held _held;
    private int _disposed;

    /// <param name="lesson">What the targets answer.</param>
    /// <param name="codec">How they are encoded.</param>
    /// <param name="width">Values per sample that the teacher gave.</param>
    /// <param name="computeTime">How long the forward pass took.</param>
    /// <param name="memory">One row per sample of the lesson, <c>Samples.Count × codec.RowBytes(width)</c> bytes; owned from now on.</param>
    public EncodedTargets(Lesson lesson, TargetCodec codec, int width, TimeSpan computeTime, TargetMemory memory)
        : this(new Held(lesson, codec, width, computeTime, memory))
    {
    }

    private EncodedTargets(Held held) => _held = held;

    public Lesson Lesson => _held.Lesson;

    public TargetCodec Codec => _held.Codec;

    /// <summary>Values per sample: logits, and behind them the features that the codec names.</summary>
    public int Width => _held.Width;

    public TimeSpan ComputeTime => _held.ComputeTime;

    /// <summary>All rows; valid until this handle is disposed.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            return _held.Memory.Bytes;
        }
    }

    /// <summary>Bytes that cannot be used for anything else while anybody holds the targets.</summary>
    public long HeldBytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            return _held.Memory.HeldBytes;
        }
    }

    /// <summary>Another handle to the same bytes.</summary>
    public EncodedTargets Share()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        _held.Hold();
        return new EncodedTargets(_held);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _held.Release();
        }
    }

    private sealed class Held(Lesson lesson, TargetCodec codec, int width, TimeSpan computeTime, TargetMemory memory)
    {
        private int _holders = 1;

        public Lesson Lesson { get; } = lesson;

        public TargetCodec Codec { get; } = codec;

        public int Width { get; } = width;

        public TimeSpan ComputeTime { get; } = computeTime;

        public TargetMemory Memory { get; } = memory;

        public void Hold() => Interlocked.Increment(ref _holders);

        public void Release()
        {
            if (Interlocked.Decrement(ref _holders) == 0)
            {
                Memory.Dispose();
            }
        }
    }
}
