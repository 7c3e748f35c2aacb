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
using Stillhouse.Orchestration.Replicas;
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

    /// <summary>Of every node.</summary>
    public const int Threads = 4;

    public static readonly ClusterNodes ThreeNodes = ClusterNodes.None
        .With("t1", NodeRole.Teacher, ARun.Threads)
        .With("t2", NodeRole.Teacher, ARun.Threads)
        .With("s1", NodeRole.Student, ARun.Threads);

    private static readonly DatasetFacts Data =
        new(new DatasetReference(new GlyphDataSpec(), Digest.Of("data"u8)), "glyphs", 10, 100, 10, 50);

    public static readonly RunSpec Spec = new()
    {
        Name = "two-teachers",
        Data = new GlyphDataSpec(),
        Teachers = [new TeacherSpec { Count = 2, Model = new MlpSpec { Widths = [784, 20, 10] } }],
        Student = new StudentSpec { Model = new MlpSpec { Widths = [784, 10] } },
    };

    public static readonly Digest Predictions = Digest.Of("predictions"u8);

    private static readonly LessonsReport Lessons =
        new(200, 100, new HitsReport(1, 0, 0, 0, 0, 0, 2), 4_000, 1_000, [], Quorum: null);

    public static SubmitRun Submission(int teacherNodes = 1, RunSpec? spec = null) =>
        new(Id, spec ?? Spec, Data, new NodesNeeded(teacherNodes, Students: 1));

    /// <summary>With every teacher on so many nodes.</summary>
    public static RunSpec WithReplicas(int replicas) => Spec with { Teachers = [Spec.Teachers[0] with { Replicas = replicas }] };

    public RunState? State { get; private set; }

    public List<IRunEvent> History { get; } = [];

    public ClusterNodes Nodes { get; set; } = ThreeNodes;

    public DateTimeOffset Now { get; private set; } = Noon;

    public static ARun Begun(int replicas = 1)
    {
        var run = new ARun();
        run.Tell(Submission(spec: WithReplicas(replicas)));
        return run;
    }

    /// <summary>Both teachers are trained, <c>teacher-1</c> on t1 and <c>teacher-2</c> on t2, and the student is under way.</summary>
    public static ARun Distilling(int replicas = 1)
    {
        var run = Begun(replicas);
        run.TeacherServes("teacher-1");
        run.TeacherServes("teacher-2");
        run.Starts("student");
        return run;
    }

    public IReadOnlyList<IRunEvent> Tell(IProtocolMessage message) => Record(RunDecider.Decide(State, message, Nodes, Now));

    /// <summary>Whoever has the trial's lease begins with it.</summary>
    public IReadOnlyList<IRunEvent> Starts(string name) => Tell(new TrialStarted(Trial(name), LeaseOf(name)));

    public IReadOnlyList<IRunEvent> Fails(string name, string reason) => Tell(new TrialFailed(Trial(name), LeaseOf(name), reason));

    /// <summary>The lease under which a trial was handed out last; before that, one that nobody has.</summary>
    public TrialLease LeaseOf(string name) => State!.Trials.Find(name) is { Node: { } node } trial ? new TrialLease(node, trial.Lease) : new TrialLease("nowhere", 0);

    public IReadOnlyList<IRunEvent> Passes(TimeSpan time)
    {
        Now += time;
        return Record(RunDecider.Reconsider(State, Nodes, Now));
    }

    public IReadOnlyList<IRunEvent> NodesBecome(ClusterNodes nodes)
    {
        Nodes = nodes;
        return Record(RunDecider.Reconsider(State, nodes, Now));
    }

    public void TeacherServes(string name) =>
        Tell(new TeacherServing(Trial(name), Trained(name), Endpoint(State![name].Node ?? "t1")));

    public IReadOnlyList<IRunEvent> ReplicaServes(string name, string node) => Tell(new ReplicaServing(Trial(name), Endpoint(node)));

    public IReadOnlyList<IRunEvent> ReplicaFails(string name, string node, bool quarantined = false) =>
        Tell(new ReplicaFailed(Trial(name), node, "no such weights", quarantined));

    public IReadOnlyList<IRunEvent> Accuse(string name, string node) =>
        Tell(new ReplicaAccused(Trial("student"), name, node, "sample 3 is NaN"));

    /// <summary>Where a teacher is asked, or will be.</summary>
    public IEnumerable<(string Node, ReplicaStatus Status)> Replicas(string name) =>
        State!.Replicas.Of(name).Select(replica => (replica.Node, replica.Status));

    public static ReplicaEndpoint Endpoint(string node) => new(node, new Uri($"http://{node}:5001"));

    public void Finishes(string name) => Tell(new TrialFinished(Trial(name), Trained(name)));

    /// <param name="predecessors">Students before the last one.</param>
    /// <param name="companions">Networks that learnt beside the student.</param>
    public void Evaluated(int predecessors = 0, int companions = 0) => Tell(new TrialFinished(Trial("evaluate"), new EvaluatedOutcome(
        [Measured(90, 1_000), Measured(92, 1_000)], Measured(95, 2_000), Measured(85, 100), Measured(90, 100),
        new Fidelity(0.97, 0.1), new Fidelity(0.9, 0.4))
    {
        Predecessors = [.. Enumerable.Repeat(new MeasuredStudent(Measured(88, 150), new Fidelity(0.95, 0.2)), predecessors)],
        Predictions = Predictions,
        Companions = [.. Enumerable.Repeat(new MeasuredStudent(Measured(89, 150), new Fidelity(0.96, 0.2)), companions)],
    }));

    /// <summary>Ends a run whose teachers have been trained.</summary>
    public void FinishesAll(int predecessors = 0, int companions = 0)
    {
        Finishes("baseline");
        Finishes("student");
        Evaluated(predecessors, companions);
    }

    public static TrialId Trial(string name) => new(Id, name);

    public static TrainedOutcome Trained(string name) =>
        new(Digest.Of(System.Text.Encoding.UTF8.GetBytes(name)), 100, 0.9, new TrainingPace(2, 50, 0.25))
        {
            Probe = Digest.Of("probe"u8),
            Lessons = Lessons,
        };

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

    /// <summary>As a coordinator does: what follows from a decision, then what follows from the devices that it may use.</summary>
    private List<IRunEvent> Record(IReadOnlyList<IRunEvent> facts)
    {
        var all = new List<IRunEvent>();
        Apply(facts);
        var broker = DeviceBroker.Empty.With(Nodes).With(Id, priority: 0);
        (_, var allotments) = broker.Hear(Id, DeviceClaims.Of(State!, Nodes), answered: null).Allot();
        foreach (var allotment in allotments)
        {
            Apply(RunDecider.Reconsider(State, Nodes with { Allotted = allotment.Nodes }, Now));
        }

        History.AddRange(all);
        return all;

        void Apply(IReadOnlyList<IRunEvent> recorded)
        {
            State = recorded.Aggregate(State, RunLedger.Apply);
            all.AddRange(recorded);
        }
    }
}
