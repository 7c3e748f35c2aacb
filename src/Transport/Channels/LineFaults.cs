using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Channels;

/// <summary>What goes wrong on a line, in words that name the teacher, its node and its address.</summary>
internal sealed class LineFaults(ReplicaEndpoint replica, string teacher)
{
    /// <summary>Said of a teacher that is there no longer.</summary>
    public const string Withdrawn = "the teacher is no longer served here";

    private readonly string _who = $"teacher '{teacher}' on node {replica.Node} at {replica.Address.OriginalString}";

    public TeacherUnreachableException Unreachable(string finding, Exception? cause = null) => new($"{_who}: {finding}.", cause);

    public LessonRefusedException Refused(string finding) => new($"{_who} refused this student: {finding}.");

    public LessonRefusedException Refused(Lesson lesson, string finding) => new($"{_who} refused lesson {lesson}: {finding}.");

    /// <summary>Not even asked: both sides know that it cannot be answered.</summary>
    public LessonRefusedException Unaskable(Lesson lesson, string finding) => new($"{_who} cannot be asked lesson {lesson}: {finding}.");

    public WrongAnswerException Wrong(Lesson lesson, string finding) => new($"{_who} answered lesson {lesson} wrongly: {finding}.");

    /// <summary>Nobody knows which lesson it was about.</summary>
    public WrongAnswerException Wrong(string finding) => new($"{_who} broke the rules of lessons.proto: {finding}.");

    /// <summary>A teacher that is not there, or has too many students, may take this one later; every other refusal is final.</summary>
    public Exception Refused(Refusal refusal) =>
        refusal.Reason is RefusalReason.UnknownTeacher or RefusalReason.Busy
            ? Unreachable(refusal.Message)
            : Refused(refusal.Message);

    public Exception Refused(Lesson lesson, Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.WrongAnswer => Wrong(lesson, refusal.Message),
        RefusalReason.Ended => Ended(refusal.Message),
        _ => Refused(lesson, refusal.Message),
    };

    /// <summary>The same wherever the network was: what a training says of it must not depend on that.</summary>
    public LessonsEndedException Ended(string finding) => new($"{teacher} {finding}");
}
