using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Tests.Runs;

namespace Stillhouse.Orchestration.Tests.Placement;

public class FeasibilityTests
{
    private static readonly RunSpec Large = ARun.Spec with
    {
        Teachers = [ARun.Spec.Teachers[0] with { Name = "big", Count = 500, Training = new TrainingSpec { Threads = 8 } }],
        Student = ARun.Spec.Student with { Training = new TrainingSpec { Threads = 5 } },
    };

    [Fact]
    public void Networks_ThatFitNoNode_AreNamed_WithWhatThereIs() =>
        Feasibility.Problems(Large, ARun.ThreeNodes).ShouldBe(
        [
            "big needs 8 threads, but no teacher node has more than 4 (t1); start one with --threads, or lower training.threads, which changes the weights",
            "the student needs 5 threads, but no student node has more than 4 (s1); start one with --threads, or lower training.threads, which changes the weights",
        ]);

    [Fact]
    public void Networks_BeforeAnyNodeHasJoined_HaveNoProblem() => Feasibility.Problems(Large, ClusterNodes.None).ShouldBeEmpty();

    [Fact]
    public void Networks_ThatFitOneNode_HaveNoProblem() =>
        Feasibility.Problems(Large, ARun.ThreeNodes.With("t3", NodeRole.Teacher, 8).With("s2", NodeRole.Student, 8)).ShouldBeEmpty();

    [Fact]
    public void LargestNeed_IsOfAllNetworks() => Feasibility.LargestNeed(Large).ShouldBe(8);
}
