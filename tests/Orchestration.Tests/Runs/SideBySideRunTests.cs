using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunEvents;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Orchestration.Tests.Runs;

/// <summary>Runs whose networks learn side by side.</summary>
public class SideBySideRunTests
{
    private static readonly RunSpec Mutual = ARun.Spec with
    {
        Teachers = [],
        Recipe = new MutualRecipeSpec { Peers = [new PeerSpec { Count = 2, Model = new MlpSpec { Widths = [784, 15, 10] } }], SaveEvery = 50 },
    };

    private static readonly RunSpec Online = ARun.Spec with { Recipe = new OnlineRecipeSpec { Lead = 4 } };

    private static readonly string[] Three = ["peer-1", "peer-2", "student"];

    [Fact]
    public void Peers_AreHandedOutAtOnce_ToStudentNodes()
    {
        var run = Begun(Mutual);
        Dispatched(run).ShouldBe(["baseline", .. Three], ignoreOrder: true);
        run.History.OfType<TrialDispatched>().ShouldAllBe(fact => fact.Node == "s1");
    }

    [Fact]
    public void Peers_ThatDoNotAllFit_WaitTogether_AndLeaveTheirPlaceToOthers()
    {
        var run = Begun(Mutual, threads: 2);
        Dispatched(run).ShouldBe(["baseline"]);

        run.NodesBecome(run.Nodes.With("s2", NodeRole.Student, 2));

        Dispatched(run).ShouldBe(["baseline", .. Three], ignoreOrder: true);
    }

    /// <summary>Nodes that were there at the beginning may never come back: what has begun waits for those alone that it needs.</summary>
    [Fact]
    public void Peers_LostWithEveryNode_AreHandedOutAgain_ThoughATeacherNodeStaysAway()
    {
        var run = Begun(Mutual);
        run.NodesBecome(ClusterNodes.None);
        run.State!.Trials.Active.ShouldBeEmpty();

        run.NodesBecome(ClusterNodes.None.With("s2", NodeRole.Student, ARun.Threads));

        run.State!.Trials.Active.ShouldBe(["baseline", .. Three]);
    }

    [Fact]
    public void Orders_OfMutualPeers_NameAllOthers_AndTheSameBatches()
    {
        var run = Begun(Mutual);
        Serves(run, "peer-2");

        var student = Order(run, "student");
        student.Teachers.Select(other => (other.Name, other.Replicas.Count)).ShouldBe([("peer-1", 0), ("peer-2", 1)]);
        student.Learns.ShouldBeTrue();
        student.Exchange.ShouldBe(new PeerExchange(Every: 0, BurnIn: 0, Lag: 0, SaveEvery: 50, Deadline: 300));
        var peer = Order(run, "peer-1");
        peer.Teachers.Select(other => other.Name).ShouldBe(["peer-2", "student"]);
        peer.Network.Batches.ShouldBe(student.Network.Batches);
        peer.Network.Seed.ShouldNotBe(Order(run, "peer-2").Network.Seed);
        peer.Identity.ShouldBe(student.Teachers[0].Artifact);
    }

    [Fact]
    public void Identity_OfAPeer_DependsOnEverythingThatItsWeightsDependOn()
    {
        var other = Mutual with { Student = Mutual.Student with { Training = new TrainingSpec { BatchSize = 64 } } };
        Order(Begun(Mutual), "peer-1").Identity.ShouldBe(Order(Begun(Mutual), "peer-1").Identity);
        Order(Begun(Mutual), "peer-1").Identity.ShouldNotBe(Order(Begun(other), "peer-1").Identity);
    }

    [Fact]
    public void Teachers_ThatLearn_FollowTheLabels_AndTheStudentFollowsThem()
    {
        var run = Begun(Online);
        var teacher = Order(run, "teacher-1");
        teacher.Learns.ShouldBeFalse();
        teacher.Exchange.Lag.ShouldBe(4);
        teacher.Teachers.ShouldHaveSingleItem().Name.ShouldBe("student");
        var student = Order(run, "student");
        student.Learns.ShouldBeTrue();
        student.Exchange.Lag.ShouldBe(0);
        student.Teachers.Select(other => other.Name).ShouldBe(["teacher-1", "teacher-2"]);
    }

    [Fact]
    public void Peer_ThatServes_IsRecordedOnce()
    {
        var run = Begun(Mutual);
        Serves(run, "peer-1").ShouldHaveSingleItem().ShouldBeOfType<PeerServed>();
        Serves(run, "peer-1").ShouldBeEmpty();
    }

    [Fact]
    public void Peer_ThatHasFinished_IsHeldUntilAllHave_AndLearntAgainIfItsNodeIsGone()
    {
        var run = Begun(Mutual, node: "s2");
        Serves(run, "peer-1");
        run.Finishes("peer-1");
        run.State!.IsHeld("peer-1").ShouldBeTrue();

        var facts = run.NodesBecome(run.Nodes.Without("s2").With("s3", NodeRole.Student, ARun.Threads));

        facts.OfType<TrialLost>().Select(fact => fact.Trial).ShouldContain("peer-1");
        facts.OfType<TrialDispatched>().Select(fact => fact.Trial).ShouldContain("peer-1");
    }

    [Fact]
    public void Peer_ThatFinishedBeforeItWasHeardWhereItServes_IsHeldAsWell_AndCanSaySoYet()
    {
        var run = Begun(Mutual);
        run.Finishes("peer-1");

        run.State!.IsHeld("peer-1").ShouldBeTrue();
        Serves(run, "peer-1").ShouldHaveSingleItem().ShouldBeOfType<PeerServed>();
    }

    /// <summary>Nobody could ask whoever brings it: the others need the network that has the lease.</summary>
    [Fact]
    public void Result_OfAPeerThatWasGivenUpForLost_DoesNotCount()
    {
        var run = Begun(Mutual, node: "s2");
        run.NodesBecome(run.Nodes.Without("s2"));
        run.State!["peer-1"].Status.ShouldBe(TrialStatus.Waiting);

        run.Finishes("peer-1");

        run.State!["peer-1"].Status.ShouldBe(TrialStatus.Waiting);
    }

    [Fact]
    public void Peers_ThatHaveAllFinished_AreHeldNoMore()
    {
        var run = Begun(Mutual);
        foreach (var name in Three)
        {
            Serves(run, name);
            run.Finishes(name);
        }

        run.State!.Held.ShouldBe(["baseline"]);
    }

    [Fact]
    public void Peer_ThatHadFinishedWhenTheRunWasPaused_LearnsAgainForTheOthers()
    {
        var run = Begun(Mutual);
        Serves(run, "peer-1");
        run.Finishes("peer-1");

        run.Tell(new PauseRun(ARun.Id));
        run.State!["peer-1"].Status.ShouldBe(TrialStatus.Waiting);
        run.Tell(new ResumeRun(ARun.Id)).OfType<TrialDispatched>().Select(fact => fact.Trial).ShouldContain("peer-1");
    }

    [Fact]
    public void Summary_OfARunWithPeers_KnowsWhereTheyServe()
    {
        var run = Begun(Mutual);
        Serves(run, "peer-2");
        RunSummaries.Restore(RunSummaries.Of(run.State!))["peer-2"].Endpoint.ShouldBe(run.State!["peer-2"].Endpoint);
    }

    [Fact]
    public void Report_OfPeers_HasThemBesideTheStudent_AndWhoStopped()
    {
        var run = Begun(Mutual);
        run.Finishes("peer-1");
        run.Tell(new TrialFinished(ARun.Trial("peer-2"), ARun.Trained("peer-2") with { Stopped = new StoppedTraining(7, "diverged") }));
        run.FinishesAll(companions: 2);

        var report = run.State!.Report.ShouldNotBeNull();
        report.Peers.ShouldNotBeNull().Select(peer => peer.Name).ShouldBe(["peer-1", "peer-2"]);
        report.Stopped.ShouldBe([new StoppedReport("peer-2", 7, "diverged")]);
        report.Teachers.ShouldBeEmpty();
        report.Reproducible.ShouldBeTrue();
    }

    [Fact]
    public void Report_OfTeachersThatLearnt_HasThemAsTeachers()
    {
        var run = Begun(Online);
        run.Finishes("teacher-1");
        run.Finishes("teacher-2");
        run.FinishesAll(companions: 2);

        run.State!.Report.ShouldNotBeNull().Teachers.Select(teacher => teacher.Name).ShouldBe(["teacher-1", "teacher-2"]);
    }

    [Fact]
    public void Peers_ThatAllNodesTogetherHaveNoThreadsFor_AreNoPlan() =>
        Feasibility.Problems(Mutual, Nodes(threads: 2)).ShouldHaveSingleItem().ShouldBe(
            "networks that learn side by side need 3 threads at once, but all student nodes together have 2; start more of them");

    private static ClusterNodes Nodes(int threads, string node = "s1") =>
        ClusterNodes.None.With("t1", NodeRole.Teacher, ARun.Threads).With(node, NodeRole.Student, threads);

    private static ARun Begun(RunSpec spec, int threads = ARun.Threads, string node = "s1")
    {
        var run = new ARun { Nodes = Nodes(threads, node) };
        run.Tell(ARun.Submission(spec: spec));
        return run;
    }

    private static IEnumerable<string> Dispatched(ARun run) => run.History.OfType<TrialDispatched>().Select(fact => fact.Trial);

    private static IReadOnlyList<IRunEvent> Serves(ARun run, string name)
    {
        var lease = run.LeaseOf(name);
        return run.Tell(new PeerServes(ARun.Trial(name), lease, ARun.Endpoint(lease.Node)));
    }

    private static PeerWork Order(ARun run, string trial) => (PeerWork)WorkOrders.ForStudent(run.State!, trial);
}
