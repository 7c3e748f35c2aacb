using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Placement;
using Stillhouse.Orchestration.Replicas;
using Stillhouse.Orchestration.Runs;
using Stillhouse.Orchestration.Tests.Runs;
using static Stillhouse.Messages.Runs.RunEvents;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Orchestration.Tests.Replicas;

public class ReplicaLifecycleTests
{
    [Fact]
    public void Teacher_OnceTrained_IsItsOwnFirstReplica()
    {
        var run = ARun.Begun();
        run.TeacherServes("teacher-1");
        run.Replicas("teacher-1").ShouldBe([("t1", ReplicaStatus.Serving)]);
        run.History.ShouldNotContain(fact => fact is ReplicaDispatched);
    }

    [Fact]
    public void Teacher_WithTwoReplicas_IsHandedToAnotherNodeOnceTrained()
    {
        var run = ARun.Begun(replicas: 2);
        run.TeacherServes("teacher-1");
        run.Replicas("teacher-1").ShouldBe([("t1", ReplicaStatus.Serving), ("t2", ReplicaStatus.Dispatched)]);
        run.ReplicaServes("teacher-1", "t2").ShouldHaveSingleItem().ShouldBeOfType<ReplicaServed>();
        run.ReplicaServes("teacher-1", "t2").ShouldBeEmpty();
    }

    [Fact]
    public void Replica_GoesToTheNodeWithTheFewestTeachers()
    {
        var run = new ARun { Nodes = ARun.ThreeNodes.With("t0", NodeRole.Teacher, ARun.Threads) };
        run.Tell(ARun.Submission(spec: ARun.WithReplicas(2)));
        run.TeacherServes("teacher-1");
        run.Replicas("teacher-1").ShouldBe([("t0", ReplicaStatus.Serving), ("t2", ReplicaStatus.Dispatched)]);
        run.TeacherServes("teacher-2");
        run.Replicas("teacher-2").ShouldBe([("t1", ReplicaStatus.Serving), ("t0", ReplicaStatus.Dispatched)]);
    }

    [Fact]
    public void Replicas_ThatHaveNoNodeYet_AreHandedOutAsNodesJoinAndNoFurther()
    {
        var run = ARun.Distilling(replicas: 3);
        run.NodesBecome(run.Nodes.With("t3", NodeRole.Teacher, ARun.Threads)).OfType<ReplicaDispatched>()
            .Select(fact => (fact.Trial, fact.Node)).ShouldBe([("teacher-1", "t3"), ("teacher-2", "t3")]);
        run.NodesBecome(run.Nodes.With("t4", NodeRole.Teacher, ARun.Threads)).ShouldBeEmpty();
    }

    [Fact]
    public void Node_LostWhileItServes_IsReplacedByAnother()
    {
        var run = ARun.Distilling();
        var facts = run.NodesBecome(run.Nodes.Without("t1"));
        facts[0].ShouldBe(new ReplicaLost("teacher-1", "t1", ARun.Noon));
        facts[1].ShouldBe(new ReplicaDispatched("teacher-1", "t2", ARun.Noon));
        run.State!.Status.ShouldBe(RunStatus.Running);
    }

    [Fact]
    public void Node_LostWithoutAnother_IsReplacedByTheFirstThatJoins()
    {
        var run = ARun.Distilling();
        run.NodesBecome(ClusterNodes.None.With("s1", NodeRole.Student, ARun.Threads)).ShouldAllBe(fact => fact is ReplicaLost);
        run.State!.Status.ShouldBe(RunStatus.Running);
        run.NodesBecome(run.Nodes.With("t9", NodeRole.Teacher, ARun.Threads)).OfType<ReplicaDispatched>()
            .Select(fact => (fact.Trial, fact.Node)).ShouldBe([("teacher-1", "t9"), ("teacher-2", "t9")]);
    }

    [Fact]
    public void Node_LostWhileItLoadsAReplica_IsReplaced()
    {
        var run = ARun.Begun(replicas: 2);
        run.Nodes = run.Nodes.With("t3", NodeRole.Teacher, ARun.Threads);
        run.TeacherServes("teacher-1");
        run.Replicas("teacher-1").Last().ShouldBe(("t3", ReplicaStatus.Dispatched));
        run.NodesBecome(run.Nodes.Without("t3"));
        run.Replicas("teacher-1").Last().ShouldBe(("t2", ReplicaStatus.Dispatched));
        run.ReplicaServes("teacher-1", "t3").ShouldBeEmpty();
    }

    [Fact]
    public void Replica_ThatFails_IsTriedElsewhereAndThereAgainOnlyLater()
    {
        var run = ARun.Distilling(replicas: 2);
        run.ReplicaFails("teacher-1", "t2").ShouldHaveSingleItem().ShouldBeOfType<ReplicaBroke>();
        run.Passes(ReplicaPlacement.RetryDelay - TimeSpan.FromTicks(1)).ShouldBeEmpty();
        run.Passes(TimeSpan.FromTicks(1)).ShouldHaveSingleItem().ShouldBe(new ReplicaDispatched("teacher-1", "t2", run.Now));
    }

    [Fact]
    public void Replica_ThatFailsWhileItServes_IsReplaced()
    {
        var run = ARun.Distilling();
        run.ReplicaFails("teacher-1", "t1");
        run.Replicas("teacher-1").ShouldBe([("t1", ReplicaStatus.Broken), ("t2", ReplicaStatus.Dispatched)]);
    }

    [Fact]
    public void Replica_ThatFailsItsProbe_IsNeverTriedThereAgain()
    {
        var run = ARun.Distilling(replicas: 2);
        run.ReplicaFails("teacher-1", "t2", quarantined: true);
        run.Passes(TimeSpan.FromDays(1)).ShouldBeEmpty();
        run.NodesBecome(run.Nodes.Without("t2"));
        run.NodesBecome(ARun.ThreeNodes).ShouldNotContain(fact => fact is ReplicaDispatched && ((ReplicaDispatched)fact).Trial == "teacher-1");
    }

    [Fact]
    public void Accusation_QuarantinesTheReplicaOnceAndReplacesIt()
    {
        var run = ARun.Distilling();
        run.Accuse("teacher-1", "t1");
        run.Replicas("teacher-1").ShouldBe([("t1", ReplicaStatus.Quarantined), ("t2", ReplicaStatus.Dispatched)]);
        run.Accuse("teacher-1", "t1").ShouldBeEmpty();
    }

    [Fact]
    public void Accusation_OfAReplicaThatHasGone_KeepsItsNodeFromServingItAgain()
    {
        var run = ARun.Distilling();
        run.NodesBecome(run.Nodes.Without("t1").Without("t2"));
        run.Accuse("teacher-1", "t1");
        run.NodesBecome(run.Nodes.With("t1", NodeRole.Teacher, ARun.Threads)).OfType<ReplicaDispatched>()
            .Select(fact => fact.Trial).ShouldBe(["teacher-2"]);
    }

    [Fact]
    public void Accusation_OfWhatIsNoTeacher_ChangesNothing() => ARun.Distilling().Accuse("baseline", "s1").ShouldBeEmpty();

    [Fact]
    public void Report_NamesWhoWasQuarantined()
    {
        var run = ARun.Distilling();
        run.Accuse("teacher-1", "t1");
        run.FinishesAll();
        var quarantined = run.State!.Report!.Quarantined.ShouldHaveSingleItem();
        (quarantined.Teacher, quarantined.Node, quarantined.Reason).ShouldBe(("teacher-1", "t1", "sample 3 is NaN"));
    }

    [Fact]
    public void Report_OfARunWithAQuorum_SaysThatItIsNotReproducible()
    {
        var run = new ARun();
        var spec = ARun.Spec with { Distillation = new DistillationSpec { Quorum = new QuorumSpec { Teachers = 1 } } };
        run.Tell(ARun.Submission(spec: spec));
        run.TeacherServes("teacher-1");
        run.TeacherServes("teacher-2");
        run.FinishesAll();
        run.State!.Report!.Reproducible.ShouldBeFalse();
    }

    [Fact]
    public void Student_IsToldTheReplicasThatServe()
    {
        var run = ARun.Distilling(replicas: 2);
        run.ReplicaServes("teacher-2", "t1");
        var work = WorkOrders.ForStudent(run.State!, "student").ShouldBeOfType<DistillWork>();
        work.Teachers.Select(teacher => teacher.Name).ShouldBe(["teacher-1", "teacher-2"]);
        work.Teachers[0].Replicas.ShouldBe([ARun.Endpoint("t1")]);
        work.Teachers[1].Replicas.ShouldBe([ARun.Endpoint("t2"), ARun.Endpoint("t1")]);
    }

    [Fact]
    public void Replica_IsToldWeightsProbeAndData()
    {
        var run = ARun.Distilling(replicas: 2);
        var work = WorkOrders.ForReplica(run.State!, "teacher-1");
        var trained = run.State!.Trained("teacher-1");
        work.ShouldBe(new ReplicaWork(
            "teacher-1",
            run.State.Dataset.Reference,
            new NetworkArtifact(ARun.Spec.Teachers[0].Model, trained.Weights),
            Threads: 1,
            trained.Probe!.Value));
    }

    [Fact]
    public void Teachers_OfShippedInputs_AreToldNoDataset()
    {
        var run = new ARun();
        var spec = ARun.Spec with { Distillation = new DistillationSpec { Inputs = InputsName.Shipped } };
        run.Tell(ARun.Submission(spec: spec));
        run.TeacherServes("teacher-1");
        WorkOrders.ForTeacher(run.State!, "teacher-1").Dataset.ShouldBeNull();
        WorkOrders.ForReplica(run.State!, "teacher-1").Dataset.ShouldBeNull();
    }

    [Fact]
    public void Wait_ThatAStudentReports_IsNoFact() =>
        Should.Throw<ArgumentOutOfRangeException>(() => ARun.Distilling().Tell(new TrialWaits(ARun.Trial("student"), "for teacher-1")));
}
