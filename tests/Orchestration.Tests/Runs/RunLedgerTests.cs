using CsCheck;
using Stillhouse.Messages;
using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunEvents;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Orchestration.Tests.Runs;

public class RunLedgerTests
{
    private static readonly string[] Trials = ["teacher-1", "teacher-2", "baseline", "student", "evaluate"];

    private static readonly Gen<Action<ARun>> AnyStep = Gen.OneOf(
        One(Trials).Select<string, Action<ARun>>(name => run => run.Starts(name)),
        One("baseline", "student").Select<string, Action<ARun>>(name => run => run.Finishes(name)),
        One("teacher-1", "teacher-2").Select<string, Action<ARun>>(name => run => run.TeacherServes(name)),
        Gen.Const<Action<ARun>>(run => run.Evaluated()),
        One(Trials).Select<string, Action<ARun>>(name => run => run.Fails(name, "x")),
        Gen.Const<Action<ARun>>(run => run.Tell(new CancelRun(ARun.Id))),
        Gen.Const<Action<ARun>>(run => run.Tell(new PauseRun(ARun.Id))),
        Gen.Const<Action<ARun>>(run => run.Tell(new ResumeRun(ARun.Id))),
        Gen.Const<Action<ARun>>(run => run.Tell(new RetryRun(ARun.Id))),
        Gen.Int[0, 60].Select<int, Action<ARun>>(seconds => run => run.Passes(TimeSpan.FromSeconds(seconds))),
        One(Trials).Select<string, Action<ARun>>(name => run => run.Tell(new TrialFailed(ARun.Trial(name), new TrialLease("t1", 1), "an old lease"))),
        Gen.Bool.Select<bool, Action<ARun>>(settled => run => run.NodesBecome(run.Nodes with { AreSettled = settled })),
        One("teacher-1", "teacher-2").Select<string, Action<ARun>>(name => run => run.Accuse(name, "t1")),
        One("t1", "t2", "s1").Select<string, Action<ARun>>(node => run => run.NodesBecome(run.Nodes.Without(node))),
        Gen.Const<Action<ARun>>(run => run.NodesBecome(run.Nodes.With("t1", NodeRole.Teacher, ARun.Threads).With("s1", NodeRole.Student, ARun.Threads))));

    private static Gen<string> One(params string[] names) => Gen.Int[0, names.Length - 1].Select(index => names[index]);

    [Fact]
    public void AnyHistory_NeverRunsATrialTwice_NorGoesOnAfterTheEnd() =>
        AnyStep.List[0, 40].Sample(steps =>
        {
            var run = ARun.Begun();
            foreach (var step in steps)
            {
                step(run);
            }

            Trials.ShouldAllBe(name => IsHandedOutOnceAtATime(run.History, name));
            run.History.OfType<TrialEnded>().Select(fact => fact.Trial).ShouldBeUnique();
            run.History.OfType<TrialDispatched>().Select(fact => (fact.Trial, fact.Lease)).ShouldBeUnique();
            run.History.Zip(run.History.Skip(1)).ShouldAllBe(facts => !IsEnd(facts.First) || facts.Second is RunRetried);
            run.State!.IsOpen.ShouldBe(!IsEnd(run.History[^1]));
        });

    [Fact]
    public void AnyHistory_LosesNoTrial_AndEndsOnceNodesAreBackAndAnswer() =>
        AnyStep.List[0, 40].Sample(steps =>
        {
            var run = ARun.Begun();
            steps.ForEach(step => step(run));
            run.NodesBecome(ARun.ThreeNodes);
            run.Tell(new ResumeRun(ARun.Id));
            run.Tell(new RetryRun(ARun.Id));
            for (var rounds = 0; run.State!.Status == RunStatus.Running && rounds < 20; rounds++)
            {
                // Whoever broke a teacher's replica is asked again after a while.
                run.Passes(ReplicaPlacement.RetryDelay);
                foreach (var name in run.State.Trials.Active)
                {
                    Answer(run, name);
                }
            }

            run.State.Status.ShouldBe(RunStatus.Completed);
            Trials.ShouldAllBe(name => run.State[name].Status == TrialStatus.Finished);
        });

    [Fact]
    public void Ledger_ReplayedFromItsFacts_GivesTheSameState() =>
        AnyStep.List[0, 40].Sample(steps =>
        {
            var run = ARun.Begun();
            steps.ForEach(step => step(run));
            var replayed = run.History.Aggregate((RunState?)null, RunLedger.Apply)!;
            replayed.Status.ShouldBe(run.State!.Status);
            replayed.Reason.ShouldBe(run.State.Reason);
            replayed.Replicas.Entries.ShouldBe(run.State.Replicas.Entries);
            replayed.Trials.OrderBy(trial => trial.Key).ShouldBe(run.State.Trials.OrderBy(trial => trial.Key));
        });

    [Fact]
    public void Apply_OfAnUnknownFact_Throws() =>
        Should.Throw<InvalidOperationException>(() => RunLedger.Apply(ARun.Begun().State, new UnknownFact(ARun.Noon)));

    [Fact]
    public void Apply_BeforeTheRunHasBegun_Throws() =>
        Should.Throw<InvalidOperationException>(() => RunLedger.Apply(null, new RunStopped(ARun.Noon)));

    private static bool IsEnd(IRunEvent fact) => fact is RunEnded or RunBroke or RunStopped;

    private static void Answer(ARun run, string name)
    {
        switch (name)
        {
            case "evaluate":
                run.Evaluated();
                break;
            case "teacher-1" or "teacher-2":
                run.TeacherServes(name);
                break;
            default:
                run.Finishes(name);
                break;
        }
    }

    /// <summary>A trial is handed out again only when it has been lost or stopped since, and never after its end.</summary>
    private static bool IsHandedOutOnceAtATime(IEnumerable<IRunEvent> history, string name)
    {
        var (isOut, isOver) = (false, false);
        foreach (var fact in history)
        {
            switch (fact)
            {
                case TrialDispatched dispatched when dispatched.Trial == name:
                    if (isOut || isOver)
                    {
                        return false;
                    }

                    isOut = true;
                    break;
                case TrialLost lost when lost.Trial == name:
                    if (!isOut)
                    {
                        return false;
                    }

                    isOut = false;
                    break;
                case RunPaused or RunStopped or RunBroke:
                    isOut = false;
                    break;
                case TrialEnded ended when ended.Trial == name:
                    (isOut, isOver) = (false, true);
                    break;
            }
        }

        return true;
    }

    private sealed record UnknownFact(DateTimeOffset At) : IRunEvent;
}
