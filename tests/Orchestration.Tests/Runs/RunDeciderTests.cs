using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunEvents;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Orchestration.Tests.Runs;

public class RunDeciderTests
{
    [Fact]
    public void Submit_WithNodesPresent_HandsOutTeachersAndBaseline() =>
        ARun.Begun().History.OfType<TrialDispatched>().Select(fact => (fact.Trial, fact.Node)).ShouldBe(
            [("teacher-1", "t1"), ("teacher-2", "t2"), ("baseline", "s1")]);

    [Fact]
    public void Submit_Repeated_ChangesNothing()
    {
        var run = ARun.Begun();
        run.Tell(ARun.Submission()).ShouldBeEmpty();
    }

    [Fact]
    public void Submit_BeforeTheNodesHaveJoined_HandsOutNothingUntilAllAreThere()
    {
        var run = new ARun { Nodes = ClusterNodes.None };
        run.Tell(ARun.Submission(teacherNodes: 2)).ShouldHaveSingleItem().ShouldBeOfType<RunBegun>();
        var one = ClusterNodes.None.With("t1", NodeRole.Teacher, ARun.Threads).With("s1", NodeRole.Student, ARun.Threads);
        run.NodesBecome(one).ShouldBeEmpty();
        run.NodesBecome(one.With("t2", NodeRole.Teacher, ARun.Threads)).OfType<TrialDispatched>()
            .Select(fact => (fact.Trial, fact.Node)).ShouldBe([("teacher-1", "t1"), ("teacher-2", "t2"), ("baseline", "s1")]);
    }

    [Fact]
    public void Student_BeforeEveryTeacherServes_IsNotHandedOut()
    {
        var run = ARun.Begun();
        run.TeacherServes("teacher-1");
        run.History.OfType<TrialDispatched>().ShouldNotContain(fact => fact.Trial == "student");
        run.TeacherServes("teacher-2");
        run.History.OfType<TrialDispatched>().ShouldContain(fact => fact.Trial == "student");
    }

    [Fact]
    public void Run_WhenEveryTrialHasFinished_EndsWithItsReport()
    {
        var run = ARun.Distilling();
        run.FinishesAll();
        run.State!.Status.ShouldBe(RunStatus.Completed);
        var report = run.State.Report.ShouldNotBeNull();
        report.Teachers.Select(teacher => (teacher.Name, teacher.Accuracy)).ShouldBe([("teacher-1", 0.90), ("teacher-2", 0.92)]);
        report.Student.GapClosed.ShouldNotBeNull().ShouldBe(0.5, 1e-9);
        report.Student.SizeReduction.ShouldBe(20);
        report.Throughput.WaitShare.ShouldBe(0.25);
        report.Lessons.ForwardsSaved.ShouldBe(100);
        report.Quarantined.ShouldBeEmpty();
        report.Reproducible.ShouldBeTrue();
        report.Predictions.ShouldBe(ARun.Predictions);
    }

    [Fact]
    public void Trial_ThatFails_EndsTheRunWithTrialNodeAndReason()
    {
        var run = ARun.Begun();
        run.Starts("teacher-2");
        run.Fails("teacher-2", "loss became NaN");
        run.State!.Status.ShouldBe(RunStatus.Failed);
        run.State.Reason.ShouldBe("teacher-2 on t2: loss became NaN");
    }

    [Fact]
    public void Teacher_WhoseNodeIsLostWhileItTrains_IsTrainedElsewhere()
    {
        var run = ARun.Begun();
        run.NodesBecome(run.Nodes.Without("t1")).ShouldBe(
        [
            new TrialLost("teacher-1", "t1", ARun.Noon),
            new TrialDispatched("teacher-1", "t2", Lease: 2, ARun.Noon),
        ]);
    }

    [Fact]
    public void Student_WhoseNodeIsLost_WaitsUntilAnotherIsThere()
    {
        var run = ARun.Begun();
        run.Starts("baseline");

        run.NodesBecome(run.Nodes.Without("s1")).ShouldBe([new TrialLost("baseline", "s1", ARun.Noon)]);
        run.Starts("baseline").ShouldBeEmpty();
        run.NodesBecome(run.Nodes.With("s2", NodeRole.Student, ARun.Threads)).ShouldBe([new TrialDispatched("baseline", "s2", Lease: 2, ARun.Noon)]);
    }

    [Fact]
    public void Report_UnderALeaseThatHasEnded_CountsNoLonger_ButAResultDoes()
    {
        var run = ARun.Begun();
        var ended = run.LeaseOf("baseline");
        run.NodesBecome(run.Nodes.Without("s1").With("s2", NodeRole.Student, ARun.Threads));

        run.Tell(new TrialStarted(ARun.Trial("baseline"), ended)).ShouldBeEmpty();
        run.Tell(new TrialFailed(ARun.Trial("baseline"), ended, "this node is leaving")).ShouldBeEmpty();
        run.Starts("baseline").ShouldBe([new TrialBegun("baseline", "s2", ARun.Noon)]);
        run.Tell(new TrialFinished(ARun.Trial("baseline"), ARun.Trained("baseline"))).OfType<TrialEnded>().ShouldHaveSingleItem();
    }

    [Fact]
    public void Trial_ForWhichNoDeviceIsAllotted_Waits()
    {
        var run = ARun.Begun();
        var before = run.State;

        RunDecider.Reconsider(before, run.Nodes.Without("s1").With("s2", NodeRole.Student, ARun.Threads), ARun.Noon)
            .ShouldBe([new TrialLost("baseline", "s1", ARun.Noon)]);
    }

    [Fact]
    public void Node_LostWithoutWork_ChangesNothing()
    {
        var run = ARun.Begun();
        run.NodesBecome(run.Nodes.With("t3", NodeRole.Teacher, ARun.Threads));
        run.NodesBecome(run.Nodes.Without("t3")).ShouldBeEmpty();
    }

    [Fact]
    public void Cancel_OfARunningRun_StopsItOnce()
    {
        var run = ARun.Begun();
        run.Tell(new CancelRun(ARun.Id)).ShouldHaveSingleItem().ShouldBeOfType<RunStopped>();
        run.Tell(new CancelRun(ARun.Id)).ShouldBeEmpty();
    }

    [Fact]
    public void Reports_AfterTheEnd_ChangeNothing()
    {
        var run = ARun.Begun();
        run.Tell(new CancelRun(ARun.Id));
        run.Fails("baseline", "late").ShouldBeEmpty();
    }

    [Fact]
    public void Message_WithoutADecision_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => ARun.Begun().Tell(new WatchRun(ARun.Id)));
}
