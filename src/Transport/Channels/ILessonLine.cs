using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Channels;

/// <summary>
/// One student node's line to one replica, about one dataset in one codec: in this process, or by gRPC. Everybody on the
/// node shares it.
/// </summary>
public interface ILessonLine : IAsyncDisposable
{
    /// <summary>Values per sample, as the teacher promised.</summary>
    int Width { get; }

    /// <summary>Fires when the line has broken or the teacher was withdrawn; open lessons fail then.</summary>
    CancellationToken Ended { get; }

    /// <summary>Asks. Many lessons may be open at once; bytes that come are bounded by the line's credit.</summary>
    /// <param name="inputs">
    /// The samples, where the agreement is to ship them; else empty. They must not change any more, not even when the task
    /// has ended: others may share what is computed of them.
    /// </param>
    /// <exception cref="LessonRefusedException">The teacher refused the lesson.</exception>
    /// <exception cref="WrongAnswerException">What came back is no answer to the lesson: the replica cannot be trusted.</exception>
    /// <exception cref="TeacherUnreachableException">The line is broken.</exception>
    Task<TargetAnswer> AskAsync(Lesson lesson, ReadOnlyMemory<byte> inputs, CancellationToken cancellation);
}
