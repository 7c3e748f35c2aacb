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
        _trial.Tell(new StartTrial(Trial, new BaselineWork(ASmallTask.Dataset, ASmallTask.Training())));

        var first = Expect<TrialFinished>();
        Expect<TrialFinished>().Outcome.ShouldBe(first.Outcome);
        _trial.Tell(new TrialEndRecorded(Trial));
        _shard.ExpectMsg<Passivate>();
    }

    [Fact]
    public void Trial_StartedTwice_WorksOnce()
    {
        var start = new StartTrial(Trial, new BaselineWork(ASmallTask.Dataset, ASmallTask.Training(epochs: 100_000)));
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
        _trial.Tell(new StopTrial(Trial));
        _shard.ExpectMsg<Passivate>();
    }

    [Fact]
    public void Trial_WhoseTeacherIsNotThere_FailsWithItsNameAndAddress()
    {
        var nowhere = new TeacherEndpoint("lost", Digest.Of("lost"u8), 1, new Uri("inproc://elsewhere"));
        _trial.Tell(new StartTrial(
            Trial, new DistillWork(ASmallTask.Dataset, ASmallTask.Training(), new DistillationSpec(), [nowhere])));

        Expect<TrialFailed>().Reason.ShouldContain("teacher 'lost' at inproc://elsewhere");
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _node.Dispose();
    }

    private T Expect<T>() => (T)_coordinator.FishForMessage(message => message is T, TimeSpan.FromSeconds(30));
}
