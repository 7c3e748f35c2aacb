using Akka.Actor;
using Akka.TestKit;
using Stillhouse.Coordinator;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Cluster.Tests.Coordinator;

/// <summary>A coordinator that goes away in the middle of a run, and the one that begins in its place over the same ledger.</summary>
public sealed class RecoveryTests : RestartTests
{
    public RecoveryTests()
    {
        var first = Begin();
        first.Tell(ASubmission.Message, TestActor);
        ExpectMsg<RunAdmitted>();
        first.Tell(new TrialStarted(ASubmission.Trial("baseline"), new TrialLease("s1", 1)), Students);
        first.Tell(
            new TeacherServing(ASubmission.Trial("teacher"), ASubmission.Trained, ASubmission.Endpoint("t1")), Teachers);
        Teachers.FishForMessage(message => message is TrialEndRecorded);
        Students.FishForMessage(message => message is StartTrial { Trial.Name: "student" });
        first.Tell(new TrialStarted(ASubmission.Trial("student"), new TrialLease("s1", 1)), Students);
        first.Tell(new TrialFinished(ASubmission.Trial("baseline"), ASubmission.Trained), Students);
        Students.FishForMessage(message => message is TrialEndRecorded);
        End(first);
    }

    [Fact]
    public void TrialsUnderWay_AreAskedForAgain_AndFinishedOnesAreNot()
    {
        Begin();

        Students.FishForMessage(message => message is StartTrial { Trial.Name: "student" });
        Drain(Students).OfType<StartTrial>().Select(start => start.Trial.Name).Distinct().ShouldBeSubsetOf(["student"]);
        Expect<StartReplica>(Teachers);
        Drain(Teachers).ShouldNotContain(message => message is StartTeacher);
    }

    [Fact]
    public void TrialThatAnswers_IsNotAskedAgain_AndItsEndCounts()
    {
        var second = Begin();
        second.Tell(new TrialStarted(ASubmission.Trial("student"), new TrialLease("s1", 1)), Students);
        second.Tell(new TrialFinished(ASubmission.Trial("student"), ASubmission.Trained), Students);

        Students.FishForMessage(message => message is StartTrial { Trial.Name: "evaluate" });
        Snapshot(second).Trials.Single(trial => trial.Name == "student").Status.ShouldBe(TrialStatus.Finished);
    }

    [Fact]
    public void Node_ThatHasNotAnnouncedItselfYet_IsNotLost()
    {
        var second = Sys.ActorOf(CoordinatorActor.Props(TimeProvider.System, Students, "artifacts"));

        var trial = Snapshot(second).Trials.Single(trial => trial.Name == "student");
        (trial.Status, trial.Node).ShouldBe((TrialStatus.Running, "s1"));
    }

    private RunSnapshot Snapshot(IActorRef coordinator)
    {
        var watcher = CreateTestProbe();
        coordinator.Tell(new WatchRun(new RunId("run")), watcher);
        return watcher.ExpectMsg<RunChanged>().Snapshot;
    }

    private static T Expect<T>(TestProbe probe) => (T)probe.FishForMessage(message => message is T);
}
