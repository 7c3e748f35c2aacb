using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Orchestration.Tests.Runs;

public class RunSnapshotsTests
{
    [Fact]
    public void Student_WhileATeacherTrains_SaysForWhomItWaits()
    {
        var run = ARun.Begun();
        run.TeacherServes("teacher-1");
        Take(run).Trials.Single(trial => trial.Name == "student").Waiting.ShouldBe("for teacher-2");
    }

    [Fact]
    public void Baseline_BeforeTheNodesHaveJoined_SaysForHowManyItWaits()
    {
        var run = new ARun { Nodes = ClusterNodes.None };
        run.Tell(ARun.Submission(teacherNodes: 2));
        Take(run).Trials.Single(trial => trial.Name == "baseline").Waiting.ShouldBe("for 2 teacher nodes and a student node to join");
    }

    [Fact]
    public void Nodes_SayWhatTheyDo()
    {
        var run = ARun.Begun();
        run.TeacherServes("teacher-1");
        run.Starts("teacher-2");
        run.Starts("baseline");
        Take(run).Nodes.Select(node => (node.Node, node.Activity)).ShouldBe(
            [("s1", "training baseline"), ("t1", "serving teacher-1"), ("t2", "training teacher-2")]);
    }

    [Fact]
    public void Student_WhoseTeacherNobodyServes_SaysForWhichItWaits()
    {
        var run = ARun.Distilling();
        run.NodesBecome(ARun.ThreeNodes.Without("t1").Without("t2"));
        WaitingOf("student", run).ShouldBe("for a replica of teacher-1, teacher-2");
        run.NodesBecome(ARun.ThreeNodes.Without("t1"));
        run.ReplicaServes("teacher-1", "t2");
        WaitingOf("student", run).ShouldBe("for a replica of teacher-2");
        run.ReplicaServes("teacher-2", "t2");
        WaitingOf("student", run).ShouldBeNull();
    }

    [Fact]
    public void Baseline_WhichAsksNobody_DoesNotWaitForTeachers()
    {
        var run = ARun.Distilling();
        run.Starts("baseline");
        run.NodesBecome(run.Nodes.Without("t1").Without("t2"));
        WaitingOf("baseline", run).ShouldBeNull();
    }

    [Fact]
    public void Student_ThatSaysItWaits_IsShownToUntilItHasFinished()
    {
        var run = ARun.Distilling();
        WaitingOf("student", run, "for answers of teacher-1").ShouldBe("for answers of teacher-1");
        run.Finishes("student");
        WaitingOf("student", run, "for answers of teacher-1").ShouldBeNull();
    }

    [Fact]
    public void Nodes_SayWhichTeachersTheyServeAndMustNotServe()
    {
        var run = ARun.Distilling(replicas: 2);
        run.ReplicaServes("teacher-1", "t2");
        run.ReplicaFails("teacher-2", "t1");
        run.Accuse("teacher-1", "t1");
        Take(run).Nodes.Where(node => node.Roles.Contains("teacher")).Select(node => node.Activity).ShouldBe(
        [
            "must not serve teacher-1 (sample 3 is NaN), could not serve teacher-2 (no such weights)",
            "serving teacher-1, serving teacher-2",
        ]);
    }

    private static string? WaitingOf(string trial, ARun run, string? says = null) =>
        Take(run, says).Trials.Single(snapshot => snapshot.Name == trial).Waiting;

    private static RunSnapshot Take(ARun run, string? studentSays = null) =>
        RunSnapshots.Take(
            run.State!,
            run.Nodes,
            new Dictionary<string, TrialProgress>(),
            studentSays is null ? [] : new Dictionary<string, string> { ["student"] = studentSays });
}
