using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Teaching;

/// <summary>Whether a student gets a line to a teacher, by gRPC or within the process.</summary>
internal static class Admission
{
    /// <exception cref="RefusalException">The student speaks other rules, or asks for what is not served here.</exception>
    public static AdmittedLine Admit(ServedTeachers teachers, Hello hello)
    {
        if (hello.Protocol != TeachingMethod.Protocol)
        {
            throw new RefusalException(
                RefusalReason.Version, $"protocol {hello.Protocol} is not spoken here; {TeachingMethod.Protocol} is");
        }

        if (hello.CreditBytes < 1 || hello.FrameBytes < 1)
        {
            throw new RefusalException(
                RefusalReason.Protocol,
                $"credit for {hello.CreditBytes} bytes in frames of {hello.FrameBytes}; at least 1 of each is needed to be answered");
        }

        var teacher = ParseDigest(hello.Teacher, "teacher");
        var dataset = ParseDigest(hello.Dataset, "dataset");
        var (served, codec) = (Choose(teachers.Find(teacher), hello, dataset), ParseCodec(hello.Codec));
        RequireFeatures(served.Server.Features, codec);
        return new AdmittedLine(teachers.Store, served, dataset, codec, hello.ShipsInputs);
    }

    private static void RequireFeatures(IReadOnlyList<FeatureShape> has, TargetCodec codec)
    {
        if (codec.Features.Except(has.Select(feature => feature.Name)).ToArray() is [_, ..] lacking)
        {
            throw new RefusalException(
                RefusalReason.Feature,
                $"the teacher has no {string.Join(", ", lacking)}; it has {(has.Count == 0 ? "logits alone" : string.Join(", ", has))}");
        }
    }

    private static ServedTeacher Choose(IReadOnlyList<ServedTeacher> served, Hello hello, Digest dataset) =>
        served.FirstOrDefault(teacher => hello.ShipsInputs || teacher.Server.Dataset == dataset) ?? throw (served switch
        {
            [] => new RefusalException(RefusalReason.UnknownTeacher, $"{hello.Teacher} is not served here"),
            [{ Server.Dataset: { } other }, ..] => new RefusalException(
                RefusalReason.WrongDataset, $"the teacher answers about dataset {other}, not {hello.Dataset}"),
            _ => new RefusalException(
                RefusalReason.WrongDataset, "the teacher's node cannot read the dataset; say 'inputs: shipped' to send samples with lessons"),
        });

    private static TargetCodec ParseCodec(string name) =>
        TargetCodecs.TryParse(name, out var codec)
            ? codec
            : throw new RefusalException(
                RefusalReason.Codec, $"codec '{name}' is not spoken here; these are: {string.Join(", ", TargetCodecs.Names)}");

    private static Digest ParseDigest(string text, string what) =>
        Digest.TryParse(text, null, out var digest)
            ? digest
            : throw new RefusalException(
                RefusalReason.Protocol, $"the {what}'s digest is not written sha256: and 64 lower-case hexadecimal digits");
}
