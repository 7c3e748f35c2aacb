using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Channels;

/// <summary>
/// How lessons and answers are carried. <see cref="TeacherChannel"/> adds what is the same for every way: credits,
/// deadlines and the checks of answers.
/// </summary>
internal interface ILessonLine : IAsyncDisposable
{
    /// <summary>Logits per sample, as the teacher promised.</summary>
    int Classes { get; }

    /// <summary>Answers that this side may hold at once, as both sides agreed.</summary>
    int Credits { get; }

    /// <summary>Sends a lesson; the result is the answer as it came, which the caller owns. Never cancelled but by disposal.</summary>
    /// <exception cref="LessonRefusedException">The teacher refused.</exception>
    /// <exception cref="TeacherUnreachableException">The line is broken.</exception>
    /// <exception cref="ObjectDisposedException">This side has closed the line.</exception>
    Task<SoftTargets> AskAsync(Lesson lesson);

    /// <summary>Tells the other side that an answer has been used up.</summary>
    void GiveCredit();
}
