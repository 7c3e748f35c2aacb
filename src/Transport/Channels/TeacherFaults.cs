using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Channels;

/// <summary>What goes wrong with a teacher, in words that name it and its address.</summary>
internal static class TeacherFaults
{
    public static string Describe(this TeacherEndpoint teacher) => $"teacher '{teacher.Name}' at {teacher.Address.OriginalString}";

    public static TeacherUnreachableException Unreachable(this TeacherEndpoint teacher, string finding, Exception? cause = null) =>
        new($"{teacher.Describe()}: {finding}.", cause);

    public static LessonRefusedException Refused(this TeacherEndpoint teacher, long lesson, string finding) =>
        new($"{teacher.Describe()} refused lesson {lesson}: {finding}.");

    /// <summary>A teacher that is not there may come back; every other refusal is final.</summary>
    public static Exception Refused(this TeacherEndpoint teacher, RefusalReason reason, string finding) =>
        reason == RefusalReason.UnknownTeacher
            ? teacher.Unreachable(finding)
            : new LessonRefusedException($"{teacher.Describe()} refused this student: {finding}.");
}
