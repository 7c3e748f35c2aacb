using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.StudentNode;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Cluster.Tests.Students;

public sealed class TrialTests : ActorTests
{
    private static readonly TrialId Trial = new(new RunId("run"), "student");

    private readonly NodeServices _node = new();
    private readonly TestProbe _coordinator;
    private readonly TestProbe _shard;
    private readonly IActorRef _trial;

    public TrialTests()
    {
        _coordinator = CreateTestProbe();
        _shard = CreateTestProbe();
        _trial = _shard.ChildActorOf(TrialActor.Props("node", _coordinator, _node.Students));
    }

    [Fact]
    public void Trial_OnceFinished_RepeatsItsEndUntilItIsRecorded_ThenLeaves()
    {
        _trial.Tell(new StartTrial(Trial, ASmallTask.Lease, new BaselineWork(ASmallTask.Dataset, ASmallTask.Training())));

        var first = Expect<TrialFinished>();
        Expect<TrialFinished>().Outcome.ShouldBe(first.Outcome);
        _trial.Tell(new TrialEndRecorded(Trial));
        _shard.ExpectMsg<Passivate>();
    }

    [Fact]
    public void Trial_StartedTwice_WorksOnce()
    {
        var start = new StartTrial(Trial, ASmallTask.Lease, new BaselineWork(ASmallTask.Dataset, ASmallTask.Training(epochs: 100_000)));
        _trial.Tell(start);
        Expect<TrialStarted>();
        Expect<TrialProgressed>();

        _trial.Tell(start);
        Expect<TrialStarted>();
        Expect<TrialProgressed>().Progress.Step.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Trial_ThatIsStopped_Leaves()
    {
        _trial.Tell(new StopTrial(Trial, ASmallTask.Lease));
        _shard.ExpectMsg<Passivate>();
    }

    [Fact]
    public void Trial_UnderTheLeaseOfAnotherNode_IsNotBegun()
    {
        _trial.Tell(new StartTrial(Trial, new TrialLease("elsewhere", 1), new BaselineWork(ASmallTask.Dataset, ASmallTask.Training())));

        _shard.ExpectMsg<Passivate>();
        _coordinator.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void Trial_GivenALaterLease_GoesOnUnderIt_AndIsNotStoppedUnderTheEarlierOne()
    {
        var start = new StartTrial(Trial, ASmallTask.Lease, new BaselineWork(ASmallTask.Dataset, ASmallTask.Training(epochs: 100_000)));
        var later = ASmallTask.Lease with { Number = 2 };
        _trial.Tell(start);
        Expect<TrialStarted>().Lease.ShouldBe(ASmallTask.Lease);
        _trial.Tell(start with { Lease = later });
        Expect<TrialStarted>().Lease.ShouldBe(later);

        _trial.Tell(new StopTrial(Trial, ASmallTask.Lease));
        _trial.Tell(start);
        Expect<TrialStarted>().Lease.ShouldBe(later);
        _trial.Tell(new StopTrial(Trial, later));
        _shard.ExpectMsg<Passivate>();
    }

    [Fact]
    public async Task Trial_WhoseTeacherIsNotThere_WaitsVisiblyAndGoesOnWhenItIs()
    {
        using var progress = new CancellationTokenSource();
        var (serving, outcome) = await _node.Teachers.PrepareAsync(ASmallTask.Teacher("big"), new Progress<TrialProgress>(), progress.Token);
        using var teacher = serving;
        var lost = new TeacherReplicas("big", outcome.Weights, 1, EnsembleWeight: 1, []);
        _trial.Tell(new StartTrial(Trial, ASmallTask.Lease, new DistillWork(ASmallTask.Dataset, ASmallTask.Training(), new DistillationSpec(), [lost])));

        Expect<TrialWaits>().Reason.ShouldNotBeNull().ShouldStartWith("for big: ");
        _trial.Tell(new TeachersMoved(Trial, ASmallTask.Lease, [lost with { Replicas = [new ReplicaEndpoint("node", teacher.Address)] }]));

        _coordinator.FishForMessage(message => message is TrialWaits { Reason: null }, TimeSpan.FromSeconds(30));
        var trained = (TrainedOutcome)Expect<TrialFinished>().Outcome;
        trained.Lessons.ShouldNotBeNull().ForwardsComputed.ShouldBe(200);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _node.Dispose();
    }

    private T Expect<T>() => (T)_coordinator.FishForMessage(message => message is T, TimeSpan.FromSeconds(30));
}
