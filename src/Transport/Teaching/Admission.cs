using Stillhouse.Messages.Identity;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Teaching;

/// <summary>Whether a student gets a line to a teacher, by gRPC or within the process.</summary>
internal static class Admission
{
    /// <exception cref="RefusalException">The student speaks other rules, or asks for what is not served here.</exception>
    public static ServedTeacher Admit(ServedTeachers teachers, Hello hello)
    {
        if (hello.Protocol != TeachingMethod.Protocol)
        {
            throw new RefusalException(
                RefusalReason.Version, $"protocol {hello.Protocol} is not spoken here; {TeachingMethod.Protocol} is");
        }

        if (hello.Credits < 1)
        {
            throw new RefusalException(RefusalReason.Protocol, $"{hello.Credits} credits; at least 1 is needed to be answered");
        }

        var served = teachers.Find(ParseDigest(hello.Teacher, "teacher"));
        var dataset = ParseDigest(hello.Dataset, "dataset");
        return served.FirstOrDefault(teacher => teacher.Server.Dataset == dataset) ?? throw (served.Count == 0
            ? new RefusalException(RefusalReason.UnknownTeacher, $"{hello.Teacher} is not served here")
            : new RefusalException(
                RefusalReason.WrongDataset, $"the teacher answers about dataset {served[0].Server.Dataset}, not {hello.Dataset}"));
    }

    private static Digest ParseDigest(string text, string what) =>
        Digest.TryParse(text, null, out var digest)
            ? digest
            : throw new RefusalException(
                RefusalReason.Protocol, $"the {what}'s digest is not written sha256: and 64 lower-case hexadecimal digits");
}
