using System.Globalization;
using Stillhouse.Messages;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Orchestration.Tests.Runs;

/// <summary>A run of two teachers, driven through its decider as a coordinator would.</summary>
internal sealed class ARun
{
    public static readonly RunId Id = new("run");
    public static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-01-01T12:00:00Z", CultureInfo.InvariantCulture);

    public static readonly ClusterNodes ThreeNodes = ClusterNodes.None
        .With("t1", NodeRole.Teacher)
        .With("t2", NodeRole.Teacher)
        .With("s1", NodeRole.Student);

    private static readonly DatasetFacts Data =
        new(new DatasetReference(new GlyphDataSpec(), Digest.Of("data"u8)), "glyphs", 10, 100, 10, 50);

    public static readonly RunSpec Spec = new()
    {
        Name = "two-teachers",
        Data = new GlyphDataSpec(),
        Teachers = [new TeacherSpec { Count = 2, Model = new MlpSpec { Widths = [784, 20, 10] } }],
        Student = new StudentSpec { Model = new MlpSpec { Widths = [784, 10] } },
    };

    public static SubmitRun Submission(int teacherNodes = 1) => new(Id, Spec, Data, new NodesNeeded(teacherNodes, Students: 1));

    public RunState? State { get; private set; }

    public List<IRunEvent> History { get; } = [];

    public ClusterNodes Nodes { get; set; } = ThreeNodes;

    public static ARun Begun()
    {
        var run = new ARun();
        run.Tell(Submission());
        return run;
    }

    public IReadOnlyList<IRunEvent> Tell(IProtocolMessage message) => Record(RunDecider.Decide(State, message, Nodes, Noon));

    public IReadOnlyList<IRunEvent> NodesBecome(ClusterNodes nodes)
    {
        Nodes = nodes;
        return Record(RunDecider.Reconsider(State, nodes, Noon));
    }

    public void TeacherServes(string name) =>
        Tell(new TeacherServing(
            Trial(name), Trained(name), new TeacherEndpoint(name, Digest.Of([1]), 100, new Uri("inproc://here"))));

    public void Finishes(string name) => Tell(new TrialFinished(Trial(name), Trained(name)));

    public void Evaluated() => Tell(new TrialFinished(Trial("evaluate"), new EvaluatedOutcome(
        [Measured(90, 1_000), Measured(92, 1_000)], Measured(95, 2_000), Measured(85, 100), Measured(90, 100),
        new Fidelity(0.97, 0.1), new Fidelity(0.9, 0.4))));

    public static TrialId Trial(string name) => new(Id, name);

    private static TrainedOutcome Trained(string name) =>
        new(Digest.Of(System.Text.Encoding.UTF8.GetBytes(name)), 100, 0.9, new TrainingPace(2, 50, 0.25));

    private static Measurement Measured(int right, long parameters) => new()
    {
        Accuracy = right / 100.0,
        Errors = 100 - right,
        Samples = 100,
        Parameters = parameters,
        ExpectedCalibrationError = 0.05,
        LatencyMilliseconds = 1,
        LatencyBatchSize = 128,
    };

    private IReadOnlyList<IRunEvent> Record(IReadOnlyList<IRunEvent> facts)
    {
        State = facts.Aggregate(State, RunLedger.Apply);
        History.AddRange(facts);
        return facts;
    }
}
