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
        run.Tell(new TrialStarted(ARun.Trial("teacher-2"), "t2"));
        run.Tell(new TrialStarted(ARun.Trial("baseline"), "s1"));
        Take(run).Nodes.Select(node => (node.Node, node.Activity)).ShouldBe(
            [("s1", "training baseline"), ("t1", "serving teacher-1"), ("t2", "training teacher-2")]);
    }

    private static RunSnapshot Take(ARun run) =>
        RunSnapshots.Take(run.State!, run.Nodes, new Dictionary<string, TrialProgress>());
}
