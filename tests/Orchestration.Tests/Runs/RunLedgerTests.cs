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
        One(Trials).Select<string, Action<ARun>>(name => run => run.Tell(new TrialStarted(ARun.Trial(name), "s1"))),
        One("baseline", "student").Select<string, Action<ARun>>(name => run => run.Finishes(name)),
        One("teacher-1", "teacher-2").Select<string, Action<ARun>>(name => run => run.TeacherServes(name)),
        Gen.Const<Action<ARun>>(run => run.Evaluated()),
        One(Trials).Select<string, Action<ARun>>(name => run => run.Tell(new TrialFailed(ARun.Trial(name), "x"))),
        Gen.Const<Action<ARun>>(run => run.Tell(new CancelRun(ARun.Id))),
        One("teacher-1", "teacher-2").Select<string, Action<ARun>>(name => run => run.Accuse(name, "t1")),
        One("t1", "t2", "s1").Select<string, Action<ARun>>(node => run => run.NodesBecome(run.Nodes.Without(node))),
        Gen.Const<Action<ARun>>(run => run.NodesBecome(run.Nodes.With("t1", NodeRole.Teacher).With("s1", NodeRole.Student))));

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
            var end = run.History.FindIndex(fact => fact is RunEnded or RunBroke or RunStopped);
            (end < 0 || end == run.History.Count - 1).ShouldBeTrue();
            (run.State!.Status == RunStatus.Running).ShouldBe(end < 0);
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

    /// <summary>A trial is handed out again only when it has been lost since, and never after its end.</summary>
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
                case TrialEnded ended when ended.Trial == name:
                    (isOut, isOver) = (false, true);
                    break;
            }
        }

        return true;
    }

    private sealed record UnknownFact(DateTimeOffset At) : IRunEvent;
}
