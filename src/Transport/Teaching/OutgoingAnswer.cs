using Stillhouse.Transport.Flow;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Teaching;

/// <summary>An answer on its way to a student, which is sent in chunks straight out of the store's memory.</summary>
/// <param name="place">What it takes of the room for unsent answers; given back on disposal.</param>
internal sealed class OutgoingAnswer(long number, TargetAnswer answer, ByteReservation place) : IDisposable
{
    public long Number => number;

    /// <summary>Bytes of all chunks.</summary>
    public int Length { get; } = answer.Targets.Bytes.Length;

    /// <summary>The payload from <paramref name="offset"/> on. It must be written before this is disposed.</summary>
    public TeacherFrame Chunk(int offset, int length)
    {
        var targets = answer.Targets;
        var head = new Answer { Number = number, Offset = offset };
        if (offset == 0)
        {
            head.First = targets.Lesson.Samples.First;
            head.Count = targets.Lesson.Samples.Count;
            head.Width = targets.Width;
            head.TotalBytes = Length;
            head.ComputeNanos = (long)targets.ComputeTime.TotalNanoseconds;
            head.Origin = answer.Origin.ToWire();
        }

        return new TeacherFrame(head, targets, offset..(offset + length));
    }

    public void Dispose()
    {
        answer.Targets.Dispose();
        place.Dispose();
    }
}
