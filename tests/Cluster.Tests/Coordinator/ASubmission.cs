using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cluster.Tests.Coordinator;

/// <summary>A run of one teacher, to submit.</summary>
internal static class ASubmission
{
    public static readonly RunId Run = new("run");

    public static SubmitRun Message { get; } = new(
        Run,
        new RunSpec
        {
            Name = "one-teacher",
            Data = new GlyphDataSpec(),
            Teachers = [new TeacherSpec { Model = new MlpSpec { Widths = [784, 20, 10] } }],
            Student = new StudentSpec { Model = new MlpSpec { Widths = [784, 10] } },
        },
        new DatasetFacts(new DatasetReference(new GlyphDataSpec(), Digest.Of("data"u8)), "glyphs", 10, 100, 10, 50),
        new NodesNeeded(Teachers: 1, Students: 1));

    public static TrialId Trial(string name) => new(Run, name);

    public static TrainedOutcome Trained { get; } = new(Digest.Of("weights"u8), 100, 0.9, new TrainingPace(1, 100, 0))
    {
        Probe = Digest.Of("probe"u8),
    };

    public static ReplicaEndpoint Endpoint(string node) => new(node, new Uri($"http://{node}:5001"));
}
