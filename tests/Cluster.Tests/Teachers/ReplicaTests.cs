using Akka.Actor;
using Akka.TestKit;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.TeacherNode;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Cluster.Tests.Teachers;

public sealed class ReplicaTests : ActorTests
{
    private static readonly TrialId Trial = new(new RunId("run"), "teacher");
    private static readonly Digest Other = Digest.Of("other"u8);

    private readonly NodeServices _node = new();
    private readonly TestProbe _coordinator;
    private readonly IActorRef _host;

    public ReplicaTests()
    {
        _coordinator = CreateTestProbe();
        _host = Sys.ActorOf(TeacherHostActor.Props("node", threads: 4, _coordinator, _node.Teachers));
    }

    [Fact]
    public void Replica_ThatAnswersLikeItsArtifact_Serves()
    {
        var work = TrainElsewhere();
        _host.Tell(new StartReplica(Trial, work));
        Expect<ReplicaServing>().Endpoint.ShouldBe(new ReplicaEndpoint("node", new Uri("inproc://node")));
    }

    [Fact]
    public void Replica_OnANodeWithoutData_Serves()
    {
        var work = TrainElsewhere() with { Dataset = null };
        _host.Tell(new StartReplica(Trial, work));
        Expect<ReplicaServing>().Trial.ShouldBe(Trial);
    }

    [Fact]
    public void Replica_ThatAnswersOtherwise_IsQuarantinedWithBothDigests()
    {
        var work = TrainElsewhere();
        _host.Tell(new StartReplica(Trial, work with { Probe = Other }));

        var failed = Expect<ReplicaFailed>();
        failed.Quarantined.ShouldBeTrue();
        failed.Node.ShouldBe("node");
        failed.Reason.ShouldContain(Other.ToString());
        failed.Reason.ShouldContain(work.Probe.ToString());
    }

    [Fact]
    public void Replica_WhoseWeightsAreMissing_FailsWithoutQuarantine()
    {
        var work = TrainElsewhere();
        _host.Tell(new StartReplica(Trial, work with { Network = work.Network with { Weights = Other } }));

        var failed = Expect<ReplicaFailed>();
        failed.Quarantined.ShouldBeFalse();
        failed.Reason.ShouldContain(Other.ToString());
    }

    [Fact]
    public void Replica_ThatFailed_CanBeTriedAnewOnceThatIsRecorded()
    {
        var work = TrainElsewhere();
        _host.Tell(new StartReplica(Trial, work with { Network = work.Network with { Weights = Other } }));
        Expect<ReplicaFailed>();
        var failed = Watch(_coordinator.LastSender);
        _coordinator.Reply(new TrialEndRecorded(Trial));
        ExpectTerminated(failed);

        AwaitAssert(() =>
        {
            _host.Tell(new StartReplica(Trial, work));
            _coordinator.FishForMessage(message => message is ReplicaServing, TimeSpan.FromSeconds(5));
        });
    }

    [Fact]
    public void Replica_ThatServes_SaysSoAgainWhenItIsAskedAgain()
    {
        var work = TrainElsewhere();
        _host.Tell(new StartReplica(Trial, work));
        Expect<ReplicaServing>();
        var replica = _coordinator.LastSender;
        _coordinator.Reply(new TrialEndRecorded(Trial));

        _host.Tell(new StartReplica(Trial, work));
        Expect<ReplicaServing>();
        _coordinator.LastSender.ShouldBe(replica);
    }

    [Fact]
    public void Teacher_TrainedHere_IsItsOwnReplica()
    {
        var work = Train(Trial);
        var trained = _coordinator.LastSender;

        _host.Tell(new StartReplica(Trial, work));
        Expect<ReplicaServing>();
        _coordinator.LastSender.ShouldBe(trained);
    }

    [Fact]
    public void Replica_ThatIsWithdrawn_StopsServing()
    {
        _host.Tell(new StartReplica(Trial, TrainElsewhere()));
        Expect<ReplicaServing>();
        var replica = Watch(_coordinator.LastSender);

        _host.Tell(new WithdrawReplica(Trial));
        ExpectTerminated(replica);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _node.Dispose();
    }

    /// <summary>What a node is told of a teacher whose trial was another one, so that the replica is loaded.</summary>
    private ReplicaWork TrainElsewhere() => Train(new TrialId(Trial.Run, "elsewhere"));

    private ReplicaWork Train(TrialId trial)
    {
        var training = ASmallTask.Training();
        _host.Tell(new StartTeacher(trial, ASmallTask.Lease, new TeacherWork("teacher", ASmallTask.Dataset, training, Weights: null)));
        var outcome = Expect<TeacherServing>().Outcome;
        _coordinator.Reply(new TrialEndRecorded(trial));
        return new ReplicaWork(
            "teacher", ASmallTask.Dataset, new NetworkArtifact(training.Model, outcome.Weights), Threads: 1, outcome.Probe!.Value);
    }

    private T Expect<T>() => (T)_coordinator.FishForMessage(message => message is T, TimeSpan.FromSeconds(30));
}
