using Akka.Actor;
using Akka.TestKit;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.TeacherNode;
using static Stillhouse.Messages.Nodes.NodeProtocol;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Cluster.Tests.Teachers;

public sealed class TeacherHostTests : ActorTests
{
    private static readonly TrialId Trial = new(new RunId("run"), "teacher");

    private readonly NodeServices _node = new();
    private readonly TestProbe _coordinator;
    private readonly IActorRef _host;

    public TeacherHostTests()
    {
        _coordinator = CreateTestProbe();
        _host = Sys.ActorOf(TeacherHostActor.Props("node", threads: 4, _coordinator, _node.Teachers));
    }

    [Fact]
    public void Host_RegistersItsNode() =>
        _coordinator.ExpectMsg<RegisterNode>().ShouldBe(new RegisterNode("node", "teacher", Threads: 4));

    [Fact]
    public void Teacher_OnceTrained_SaysWhereItServesAndWhichWeights()
    {
        Start(new TeacherWork("teacher", ASmallTask.Dataset, ASmallTask.Training(), Weights: null));

        Expect<TrialStarted>().Lease.ShouldBe(ASmallTask.Lease);
        var serving = Expect<TeacherServing>();
        serving.Endpoint.ShouldBe(new ReplicaEndpoint("node", new Uri("inproc://node")));
        serving.Outcome.Probe.ShouldNotBeNull();
        File.Exists(_node.Artifacts.PathOf(serving.Outcome.Weights)).ShouldBeTrue();
    }

    [Fact]
    public void Teacher_StartedTwice_SaysAgainThatItHasBegun()
    {
        var work = new TeacherWork("teacher", ASmallTask.Dataset, ASmallTask.Training(epochs: 100_000), Weights: null);
        Start(work);
        Expect<TrialStarted>();
        var teacher = _coordinator.LastSender;

        Start(work);
        Expect<TrialStarted>();
        _coordinator.LastSender.ShouldBe(teacher);
    }

    [Fact]
    public void Teacher_WithWeights_ServesThoseWithoutTraining()
    {
        Start(new TeacherWork("teacher", ASmallTask.Dataset, ASmallTask.Training(), Weights: null));
        var trained = Expect<TeacherServing>().Outcome;

        var loaded = new TrialId(new RunId("run"), "loaded");
        _host.Tell(new StartTeacher(
            loaded, ASmallTask.Lease, new TeacherWork("loaded", ASmallTask.Dataset, ASmallTask.Training(), _node.Artifacts.PathOf(trained.Weights))));
        var serving = (TeacherServing)_coordinator.FishForMessage(message => message is TeacherServing teacher && teacher.Trial == loaded);
        serving.Outcome.ShouldBe(trained with { Training = null });
    }

    [Fact]
    public void Teacher_WithAnotherDataset_FailsWithBothDigests()
    {
        var foreign = ASmallTask.Dataset with { Digest = Digest.Of("foreign"u8) };
        Start(new TeacherWork("teacher", foreign, ASmallTask.Training(), Weights: null));

        var reason = Expect<TrialFailed>().Reason;
        reason.ShouldContain(foreign.Digest.ToString());
        reason.ShouldContain(ASmallTask.Dataset.Digest.ToString());
    }

    [Fact]
    public void Teacher_WithWeightsAndWithoutData_ServesAndIsNotValidated()
    {
        Start(new TeacherWork("teacher", ASmallTask.Dataset, ASmallTask.Training(), Weights: null));
        var trained = Expect<TeacherServing>().Outcome;

        var loaded = new TrialId(new RunId("run"), "loaded");
        _host.Tell(new StartTeacher(
            loaded, ASmallTask.Lease, new TeacherWork("loaded", Dataset: null, ASmallTask.Training(), _node.Artifacts.PathOf(trained.Weights))));
        var serving = (TeacherServing)_coordinator.FishForMessage(message => message is TeacherServing teacher && teacher.Trial == loaded);
        serving.Outcome.ShouldBe(trained with { Training = null, Validation = null });
    }

    [Fact]
    public void Teachers_OfAReleasedRun_AreStopped()
    {
        Start(new TeacherWork("teacher", ASmallTask.Dataset, ASmallTask.Training(epochs: 100_000), Weights: null));
        Expect<TrialProgressed>();
        var teacher = _coordinator.LastSender;
        Watch(teacher);

        _host.Tell(new ReleaseTeachers(Trial.Run));
        ExpectTerminated(teacher);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _node.Dispose();
    }

    private void Start(TeacherWork work) => _host.Tell(new StartTeacher(Trial, ASmallTask.Lease, work));

    private T Expect<T>() => (T)_coordinator.FishForMessage(message => message is T, TimeSpan.FromSeconds(30));
}
