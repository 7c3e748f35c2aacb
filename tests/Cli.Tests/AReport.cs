using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Tests;

/// <summary>A report with round figures, and the weights that it speaks of.</summary>
internal static class AReport
{
    public static byte[] WeightsOf(string network) => System.Text.Encoding.UTF8.GetBytes($"weights of {network}");

    public static RunReport Of(params string[] teachers)
    {
        var student = new StudentReport(Measured(0.95, 100_000), new Fidelity(0.97, 0.0321), DigestOf("student"), 12, 3);
        return new RunReport(
            new RunId("small-1-20260101-000000-abcd"),
            "small",
            1,
            new DatasetReport("glyphs", DigestOf("data"), 10, 600, 100, 1_000),
            [.. teachers.Select(name => new TeacherReport(Measured(0.96, 150_000), name, DigestOf(name), 20))],
            Measured(0.98, 300_000),
            student with { Accuracy = 0.93, Errors = 70, Digest = DigestOf("baseline") },
            new DistilledReport(student, 0.4),
            new ThroughputReport(12_345, 0.25, 45_678),
            new LessonsReport(
                ForwardsComputed: 1_200,
                ForwardsSaved: 10_800,
                new HitsReport(40, 0, 0, 0, 0, 0, 5),
                BytesReceived: 49_152,
                PeakBytesInFlight: 20_480,
                [new ReplicaReport("big", "teacher-1", 5, 2.5, 3.5, 4.5, Hedged: 0, Failures: 0)],
                Quorum: null),
            Quarantined: [],
            Reproducible: true);
    }

    /// <summary>With a student that taught the run's own, and one that learnt beside it.</summary>
    public static RunReport WithOthers(string predecessor, string peer)
    {
        var report = Of();
        return report with { Predecessors = [Named(report.Student, predecessor)], Peers = [Named(report.Student, peer)] };
    }

    private static NamedStudentReport Named(StudentReport student, string name) =>
        new(student with { Digest = DigestOf(name) }, name, lessons: null);

    public static void WriteArtifacts(string folder, params string[] networks)
    {
        foreach (var network in networks)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{DigestOf(network).Hex}.safetensors"), WeightsOf(network));
        }
    }

    private static Digest DigestOf(string network) => Digest.Of(WeightsOf(network));

    private static Measurement Measured(double accuracy, long parameters) => new()
    {
        Accuracy = accuracy,
        Errors = (int)Math.Round(1_000 * (1 - accuracy)),
        Samples = 1_000,
        Parameters = parameters,
        ExpectedCalibrationError = 0.0123,
        LatencyMilliseconds = 1.5,
        LatencyBatchSize = 128,
    };
}
