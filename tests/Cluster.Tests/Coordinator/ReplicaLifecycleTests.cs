using Akka.Actor;
using Akka.TestKit;
using Stillhouse.Coordinator;
using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Nodes.NodeProtocol;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Cluster.Tests.Coordinator;

/// <summary>A teacher that has been trained on t1, and the student that learns from it.</summary>
public sealed class ReplicaLifecycleTests : ActorTests
{
    private readonly TestProbe _students;
    private readonly TestProbe _first;
    private readonly TestProbe _second;
    private readonly IActorRef _coordinator;

    public ReplicaLifecycleTests()
    {
        _students = CreateTestProbe();
        _first = CreateTestProbe();
        _second = CreateTestProbe();
        _coordinator = Sys.ActorOf(CoordinatorActor.Props(TimeProvider.System, _students, "artifacts"));
        Join("t1", NodeRole.Teacher, _first);
        Join("s1", NodeRole.Student, _students);
        _coordinator.Tell(ASubmission.Message, TestActor);
        ExpectMsg<RunAdmitted>();
        _coordinator.Tell(
            new TeacherServing(ASubmission.Trial("teacher"), ASubmission.Trained, ASubmission.Endpoint("t1")), _first);
        _students.FishForMessage(message => message is StartTrial { Trial.Name: "student" });
        _coordinator.Tell(new TrialStarted(ASubmission.Trial("student"), new TrialLease("s1", 1)), _students);
    }

    [Fact]
    public void Node_ThatIsLost_IsReplacedByTheNextThatJoins()
    {
        Sys.Stop(_first);
        StudentHearsOf();

        Join("t2", NodeRole.Teacher, _second);
        var start = Expect<StartReplica>(_second);
        start.Trial.ShouldBe(ASubmission.Trial("teacher"));
        start.Work.Probe.ShouldBe(ASubmission.Trained.Probe!.Value);

        _coordinator.Tell(new ReplicaServing(ASubmission.Trial("teacher"), ASubmission.Endpoint("t2")), _second);
        Expect<TrialEndRecorded>(_second);
        StudentHearsOf("t2");
    }

    [Fact]
    public void Replica_ThatNobodyConfirms_IsHandedOutAgain()
    {
        Sys.Stop(_first);
        Join("t2", NodeRole.Teacher, _second);
        Expect<StartReplica>(_second);
        Expect<StartReplica>(_second);
    }

    [Fact]
    public void Student_IsToldAgainAndAgainWhereItsTeachersAre()
    {
        StudentHearsOf("t1");
        StudentHearsOf("t1");
    }

    [Fact]
    public void Replica_ThatAStudentAccuses_IsWithdrawnAndReplaced()
    {
        Join("t2", NodeRole.Teacher, _second);
        _coordinator.Tell(new ReplicaAccused(ASubmission.Trial("student"), "teacher", "t1", "sample 3 is NaN"), _students);

        Expect<WithdrawReplica>(_first).Trial.ShouldBe(ASubmission.Trial("teacher"));
        Expect<StartReplica>(_second);
        StudentHearsOf();
    }

    [Fact]
    public void Replica_ThatFailsItsProbe_IsShownAsQuarantined()
    {
        Sys.Stop(_first);
        Join("t2", NodeRole.Teacher, _second);
        Expect<StartReplica>(_second);
        _coordinator.Tell(new ReplicaFailed(ASubmission.Trial("teacher"), "t2", "it answers otherwise", Quarantined: true), _second);
        Expect<TrialEndRecorded>(_second);

        _coordinator.Tell(new WatchRun(ASubmission.Run), TestActor);
        var snapshot = ExpectMsg<RunChanged>().Snapshot;
        snapshot.Nodes.Single(node => node.Node == "t2").Activity.ShouldBe("must not serve teacher (it answers otherwise)");
        snapshot.Trials.Single(trial => trial.Name == "student").Waiting.ShouldBe("for a replica of teacher");
    }

    [Fact]
    public void Wait_ThatAStudentReports_IsShownUntilItIsOver()
    {
        _coordinator.Tell(new WatchRun(ASubmission.Run), TestActor);
        _coordinator.Tell(new TrialWaits(ASubmission.Trial("student"), "for an answer of teacher"), _students);
        ShowsWaiting("for an answer of teacher");

        _coordinator.Tell(new TrialWaits(ASubmission.Trial("student"), null), _students);
        ShowsWaiting(null);
    }

    private void Join(string node, string role, TestProbe worker) => _coordinator.Tell(new RegisterNode(node, role, Threads: 4), worker);

    /// <summary>The student is told that exactly these nodes serve its teacher.</summary>
    private void StudentHearsOf(params string[] nodes)
    {
        ReplicaEndpoint[] expected = [.. nodes.Select(ASubmission.Endpoint)];
        _students.FishForMessage(message => message is TeachersMoved { Trial.Name: "student" } moved
            && moved.Teachers.Single().Replicas.SequenceEqual(expected));
    }

    private void ShowsWaiting(string? reason) =>
        FishForMessage(message => message is RunChanged changed
            && changed.Snapshot.Trials.Single(trial => trial.Name == "student").Waiting == reason);

    private static T Expect<T>(TestProbe probe) => (T)probe.FishForMessage(message => message is T);
}
