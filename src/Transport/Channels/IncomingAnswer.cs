using System.Buffers;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Channels;

/// <summary>
/// One open lesson and as much of its answer as has come. Anybody may give it up; the memory belongs to the line's reader
/// until the answer is whole.
/// </summary>
/// <param name="width">Values per sample, as the teacher promised.</param>
/// <param name="length">Bytes that the answer must have.</param>
internal sealed class IncomingAnswer(long number, Lesson lesson, TargetCodec codec, int width, int length, ArrayPool<byte> pool)
{
    private readonly TaskCompletionSource<TargetAnswer> _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PooledMemory? _memory;
    private Answer? _first;
    private int _filled;

    public long Number => number;

    public Lesson Lesson => lesson;

    /// <summary>The answer, of which all has been checked but the content of its rows.</summary>
    public Task<TargetAnswer> Whole => _whole.Task;

    /// <summary>Whether all bytes have come.</summary>
    public bool IsFilled => _filled == length;

    /// <summary>Takes the next chunk, or throws it away if nobody waits for the answer any more.</summary>
    /// <returns>Why it is no part of the answer, in words; null if it is.</returns>
    public string? Take(Answer chunk, in ReadOnlySequence<byte> payload)
    {
        if (Flaw(chunk, payload.Length) is { } flaw)
        {
            return flaw;
        }

        _first ??= chunk;
        if (_whole.Task.IsCompleted)
        {
            Free();
        }
        else
        {
            _memory ??= PooledMemory.Rent(length, pool);
            payload.CopyTo(_memory.Writable[_filled..]);
        }

        _filled += (int)payload.Length;
        if (IsFilled && _memory is not null)
        {
            HandOver(_memory);
        }

        return null;
    }

    public void Cancel(CancellationToken cancellation) => _whole.TrySetCanceled(cancellation);

    public void Fail(Exception cause) => _whole.TrySetException(cause);

    /// <summary>Drops what has come. The reader's, once nothing more comes.</summary>
    public void Free()
    {
        _memory?.Dispose();
        _memory = null;
    }

    private void HandOver(PooledMemory memory)
    {
        _memory = null;
        var computeTime = TimeSpan.FromTicks(_first!.ComputeNanos / TimeSpan.NanosecondsPerTick);
        var targets = new EncodedTargets(lesson, codec, width, computeTime, memory);
        if (!_whole.TrySetResult(new TargetAnswer(targets, _first.Origin.FromWire())))
        {
            targets.Dispose();
        }
    }

    private string? Flaw(Answer chunk, long bytes)
    {
        if (chunk.Offset != _filled)
        {
            return $"a chunk begins at byte {chunk.Offset}, where byte {_filled} was next";
        }

        if (bytes < 1)
        {
            return $"the chunk at byte {_filled} is empty";
        }

        if (_first is null && Mismatch(chunk) is { } mismatch)
        {
            return mismatch;
        }

        return bytes > length - _filled ? $"{bytes} bytes came where {length - _filled} were left" : null;
    }

    private string? Mismatch(Answer first)
    {
        var samples = lesson.Samples;
        if (first.First != samples.First || first.Count != samples.Count)
        {
            return $"it is about {first.Count} samples from {first.First} on, not about {samples.Count} from {samples.First} on";
        }

        if (first.Width != width)
        {
            return $"its rows have {first.Width} values, and {width} were agreed";
        }

        return first.TotalBytes == length
            ? null
            : $"it is announced with {first.TotalBytes} bytes, and {samples.Count} rows of {codec.Name} have {length}";
    }
}
