using Akka.Actor;
using Akka.TestKit;
using Stillhouse.Coordinator;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Nodes.NodeProtocol;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Cluster.Tests.Coordinator;

/// <summary>Runs that share one student node with room for a single trial.</summary>
public sealed class DeviceTests : ActorTests
{
    private readonly TestProbe _students;
    private readonly TestProbe _teachers;
    private readonly IActorRef _coordinator;

    public DeviceTests()
    {
        _students = CreateTestProbe();
        _teachers = CreateTestProbe();
        _coordinator = Sys.ActorOf(CoordinatorActor.Props(TimeProvider.System, _students, "artifacts"));
        _coordinator.Tell(new RegisterNode("t1", NodeRole.Teacher, Threads: 2), _teachers);
        _coordinator.Tell(new RegisterNode("t2", NodeRole.Teacher, Threads: 2), _teachers);
        _coordinator.Tell(new RegisterNode("s1", NodeRole.Student, Threads: 1), _students);
    }

    [Fact]
    public void Device_ThatIsFree_GoesToTheRunOfTheHighestPriority()
    {
        Submit("first");
        var held = Expect<StartTrial>();
        held.Trial.Run.ShouldBe(new RunId("first"));
        Submit("second");
        Submit("urgent", priority: 1);
        Waiting("urgent").ShouldBe("for a free device");

        _coordinator.Tell(new TrialFinished(held.Trial, ASubmission.Trained), _students);

        Expect<StartTrial>(start => start.Trial.Run != new RunId("first")).Trial.Run.ShouldBe(new RunId("urgent"));
    }

    [Fact]
    public void Device_OfARunThatIsPaused_GoesToTheNext()
    {
        Submit("first");
        Expect<StartTrial>();
        Submit("second");

        _coordinator.Tell(new PauseRun(new RunId("first")), TestActor);
        ExpectMsg<RunStands>();

        Expect<StopTrial>().Lease.ShouldBe(new TrialLease("s1", 1));
        Expect<StartTrial>(start => start.Trial.Run == new RunId("second"));
    }

    [Fact]
    public void Teacher_OfAnotherRun_GoesToTheNodeWithoutOne()
    {
        Submit("first");
        Expect<StartTeacher>(_teachers).Lease.Node.ShouldBe("t1");

        // Devices are allotted to a run that has said where its teachers are.
        Expect<StartTrial>();
        Submit("second");

        Expect<StartTeacher>(_teachers, start => start.Trial.Run == new RunId("second")).Lease.Node.ShouldBe("t2");
    }

    [Fact]
    public void Run_ThatNoNodeHasTheThreadsFor_IsRefused()
    {
        var large = ASubmission.Message with
        {
            Spec = ASubmission.Message.Spec with { Student = ASubmission.Message.Spec.Student with { Training = new TrainingSpec { Threads = 2 } } },
        };
        _coordinator.Tell(large, TestActor);

        ExpectMsg<RunRefused>().Reason.ShouldStartWith("the student needs 2 threads, but no student node has more than 1 (s1); ");
    }

    [Fact]
    public void Report_UnderALeaseThatHasEnded_IsAnsweredWithAStop()
    {
        Submit("first");
        var first = Expect<StartTrial>();
        var back = CreateTestProbe();
        _coordinator.Tell(new RegisterNode("s1", NodeRole.Student, Threads: 1), back);
        var second = Expect<StartTrial>(start => start.Lease.Number == 2);

        second.Trial.ShouldBe(first.Trial);
        back.Send(_coordinator, new TrialStarted(first.Trial, first.Lease));
        back.FishForMessage(message => message is StopTrial stop && stop.Lease == first.Lease);
    }

    private void Submit(string run, int priority = 0)
    {
        _coordinator.Tell(ASubmission.Message with { Run = new RunId(run), Priority = priority }, TestActor);
        ExpectMsg<RunAdmitted>();
    }

    private string? Waiting(string run)
    {
        var watcher = CreateTestProbe();
        _coordinator.Tell(new WatchRun(new RunId(run)), watcher);
        return watcher.ExpectMsg<RunChanged>().Snapshot.Trials.Single(trial => trial.Name == "baseline").Waiting;
    }

    private T Expect<T>(Func<T, bool>? which = null) => Expect(_students, which);

    private static T Expect<T>(TestProbe probe, Func<T, bool>? which = null) =>
        (T)probe.FishForMessage(message => message is T expected && which?.Invoke(expected) != false);
}
