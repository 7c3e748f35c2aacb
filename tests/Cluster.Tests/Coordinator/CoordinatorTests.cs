using Akka.Actor;
using Akka.TestKit;
using Stillhouse.Coordinator;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Nodes.NodeProtocol;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Cluster.Tests.Coordinator;

public sealed class CoordinatorTests : ActorTests
{
    private readonly TestProbe _students;
    private readonly TestProbe _teachers;
    private readonly IActorRef _coordinator;

    public CoordinatorTests()
    {
        _students = CreateTestProbe();
        _teachers = CreateTestProbe();
        _coordinator = Sys.ActorOf(CoordinatorActor.Props(TimeProvider.System, _students, "artifacts"));
        _coordinator.Tell(new RegisterNode("t1", NodeRole.Teacher, Threads: 4), _teachers);
        _coordinator.Tell(new RegisterNode("s1", NodeRole.Student, Threads: 4), _students);
    }

    [Fact]
    public void Submit_HandsOutTheTeacherAndTheBaseline()
    {
        Submit();

        _teachers.ExpectMsg<StartTeacher>().Trial.ShouldBe(ASubmission.Trial("teacher"));
        _students.ExpectMsg<StartTrial>().Trial.ShouldBe(ASubmission.Trial("baseline"));
    }

    [Fact]
    public void Submit_Repeated_IsAdmittedAgainAndHandsOutNothing()
    {
        Submit();
        _teachers.ExpectMsg<StartTeacher>();
        _coordinator.Tell(new TrialStarted(ASubmission.Trial("teacher"), new TrialLease("t1", 1)), _teachers);

        _coordinator.Tell(ASubmission.Message, TestActor);
        ExpectMsg<RunAdmitted>().Anew.ShouldBeFalse();
        _coordinator.Tell(new CancelRun(ASubmission.Run));
        _teachers.ExpectMsg<ReleaseTeachers>();
    }

    [Fact]
    public void Order_ThatNobodyBegins_IsHandedOutAgain()
    {
        Submit();

        _teachers.ExpectMsg<StartTeacher>();
        _teachers.ExpectMsg<StartTeacher>();
        _students.ExpectMsg<StartTrial>();
        _students.ExpectMsg<StartTrial>();
    }

    [Fact]
    public void Node_ThatComesBackUnderItsName_HasLostItsWork()
    {
        Submit();
        _teachers.ExpectMsg<StartTeacher>();
        var back = CreateTestProbe();
        _coordinator.Tell(new RegisterNode("t1", NodeRole.Teacher, Threads: 4), back);

        back.ExpectMsg<StartTeacher>().Trial.Name.ShouldBe("teacher");
    }

    [Fact]
    public void Run_WhoseActorIsKilled_GoesOnFromItsLedger()
    {
        Submit();
        _coordinator.Tell(new TrialFinished(ASubmission.Trial("baseline"), ASubmission.Trained), _students);
        _students.FishForMessage(message => message is TrialEndRecorded);
        Sys.ActorSelection(_coordinator.Path / ASubmission.Run.Value).Tell(Kill.Instance);

        AwaitAssert(() => StatusOf("baseline").ShouldBe(TrialStatus.Finished), TimeSpan.FromSeconds(20));
        StatusOf("teacher").ShouldBe(TrialStatus.Dispatched);
    }

    [Fact]
    public void Registration_Repeated_ChangesNothing()
    {
        Submit();
        _coordinator.Tell(new WatchRun(ASubmission.Run), TestActor);
        ExpectMsg<RunChanged>();

        _coordinator.Tell(new RegisterNode("t1", NodeRole.Teacher, Threads: 4), _teachers);
        _coordinator.Tell(new WatchRun(ASubmission.Run), TestActor);
        ExpectMsg<RunChanged>().Snapshot.Nodes.Select(node => node.Node).ShouldBe(["s1", "t1"]);
    }

    [Fact]
    public void TrialEnd_IsAcknowledged_EvenWhenItIsToldTwice()
    {
        Submit();
        var end = new TrialFinished(ASubmission.Trial("baseline"), ASubmission.Trained);

        _coordinator.Tell(end, _students);
        _students.FishForMessage(message => message is TrialEndRecorded);
        _coordinator.Tell(end, _students);
        _students.ExpectMsg<TrialEndRecorded>();
    }

    [Fact]
    public void Student_IsHandedOut_WithTheTeacherThatServes()
    {
        Submit();
        var endpoint = ASubmission.Endpoint("t1");
        _coordinator.Tell(new TeacherServing(ASubmission.Trial("teacher"), ASubmission.Trained, endpoint), _teachers);

        var start = (StartTrial)_students.FishForMessage(
            message => message is StartTrial { Trial.Name: "student" });
        var teacher = start.Work.ShouldBeOfType<DistillWork>().Teachers.ShouldHaveSingleItem();
        (teacher.Name, teacher.Artifact).ShouldBe(("teacher", ASubmission.Trained.Weights));
        teacher.Replicas.ShouldBe([endpoint]);
    }

    [Fact]
    public void TeacherNode_ThatIsLost_LeavesItsTeacherWaitingVisibly()
    {
        Submit();
        _coordinator.Tell(new WatchRun(ASubmission.Run), TestActor);
        Sys.Stop(_teachers);

        FishForMessage(message =>
            message is RunChanged changed && changed.Snapshot.Trials.Any(trial => trial is { Name: "teacher", Waiting: not null }));
    }

    [Fact]
    public void Cancel_ReleasesTeachersAndStopsTrials()
    {
        Submit();
        _students.ExpectMsg<StartTrial>();
        _coordinator.Tell(new WatchRun(ASubmission.Run), TestActor);
        _coordinator.Tell(new CancelRun(ASubmission.Run));

        FishForMessage(message => message is RunCancelled);
        _teachers.FishForMessage(message => message is ReleaseTeachers release && release.Run == ASubmission.Run);
        _students.FishForMessage(message => message is StopTrial stop && stop.Trial == ASubmission.Trial("baseline"));
    }

    [Fact]
    public void Watch_AfterTheEnd_TellsTheEnd()
    {
        Submit();
        _coordinator.Tell(new CancelRun(ASubmission.Run));

        _coordinator.Tell(new WatchRun(ASubmission.Run), TestActor);
        FishForMessage(message => message is RunCancelled);
    }

    [Fact]
    public void Watch_OfAnUnknownRun_IsAnsweredWithTheNearestNames()
    {
        Submit();
        _coordinator.Tell(new WatchRun(new RunId("rum")), TestActor);

        ExpectMsg<RunUnknown>().Nearest.ShouldBe([ASubmission.Run.Value]);
    }

    [Fact]
    public void Submit_OfAnotherSpecUnderTheSameId_IsRefused()
    {
        Submit();
        _coordinator.Tell(ASubmission.Message with { Spec = ASubmission.Message.Spec with { Seed = 7 } }, TestActor);

        ExpectMsg<RunRefused>().Reason.ShouldContain("choose another id");
    }

    [Fact]
    public void List_NamesEveryRun_AndWhereItStands()
    {
        Submit();
        _coordinator.Tell(new CancelRun(ASubmission.Run), TestActor);
        ExpectMsg<RunStands>().ShouldBe(new RunStands(ASubmission.Run, RunStatus.Cancelled, Changed: true));

        AwaitAssert(() =>
        {
            _coordinator.Tell(new CatalogueProtocol.ListRuns(Skip: 0), TestActor);
            var listing = ExpectMsg<CatalogueProtocol.Runs>().Listings.ShouldHaveSingleItem();
            (listing.Run, listing.Name, listing.Status).ShouldBe((ASubmission.Run, "one-teacher", RunStatus.Cancelled));
        });
    }

    private TrialStatus StatusOf(string trial)
    {
        var watcher = CreateTestProbe();
        _coordinator.Tell(new WatchRun(ASubmission.Run), watcher);
        return watcher.ExpectMsg<RunChanged>(TimeSpan.FromSeconds(2)).Snapshot.Trials.Single(snapshot => snapshot.Name == trial).Status;
    }

    private void Submit()
    {
        _coordinator.Tell(ASubmission.Message, TestActor);
        ExpectMsg<RunAdmitted>();
    }
}
