using System.Reflection;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Sweeps;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunEvents;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Orchestration.Tests.Runs;

public class FactWordsTests
{
    private static readonly DateTimeOffset At = ARun.Noon;

    private static readonly (IRunEvent Fact, string Words, bool IsTrouble)[] All =
    [
        (ARun.Begun().History[0], "submitted: two-teachers, seed 1", false),
        (new TrialDispatched("student", "s1", 1, At), "student is handed out to s1", false),
        (new TrialBegun("student", "s1", At), "student begins on s1", false),
        (new TrialEnded("student", ARun.Trained("student") with { Weights = Digest.Of("w"u8) }, null, At),
            $"student has finished: 90.00 % on the validation split, weights {Digest.Of("w"u8)}", false),
        (new TrialProposed("student-1", new Assignment([new Setting("distillation.temperature", 4)]), At), "student-1 is proposed: temperature=4", false),
        (new TrialMeasured("student-1", new MeasuredEpoch(3, 0.5), At), "student-1 reaches 50.00 % on the validation split after epoch 3", false),
        (new TrialPruned("student-1", At), "student-1 is stopped early: others are ahead", false),
        (new TrialLost("student", "s1", At), "student is lost with s1; it waits to be handed out again, and goes on from its last checkpoint", true),
        (new TrialBroke("student", "the loss is NaN", At), "student has failed: the loss is NaN", true),
        (new PeerServed("peer", ARun.Endpoint("s1"), At), "peer answers those that learn beside it, on s1", false),
        (new ReplicaDispatched("teacher", "t1", At), "teacher is to be served by t1 as well", false),
        (new ReplicaServed("teacher", ARun.Endpoint("t1"), At), "teacher is served by t1", false),
        (new ReplicaLost("teacher", "t1", At), "teacher is served by t1 no longer: the node is gone", true),
        (new ReplicaBroke("teacher", "t1", "no weights", At), "teacher could not be served by t1, which is tried again later: no weights", true),
        (new ReplicaQuarantined("teacher", "t1", "it lies", At), "teacher must not be served by t1 any more: it lies", true),
        (Completed(), "the run has completed", false),
        (new RunBroke("student: the loss is NaN", At), "the run has failed: student: the loss is NaN", true),
        (new RunStopped(At), "the run is cancelled", false),
        (new RunPaused(At), "the run is paused; its trials keep their checkpoints", false),
        (new RunResumed(At), "the run is resumed", false),
        (new RunRetried(At), "the run is tried again; what had finished stays", false),
    ];

    [Fact]
    public void EveryFact_HasItsWords()
    {
        foreach (var (fact, words, isTrouble) in All)
        {
            FactWords.Of(fact).ShouldBe(words);
            FactWords.IsTrouble(fact).ShouldBe(isTrouble, words);
        }
    }

    [Fact]
    public void NoKindOfFact_IsMissingHere()
    {
        var today = typeof(RunEvents).GetNestedTypes(BindingFlags.Public).Where(type => !type.Name.Contains("Without", StringComparison.Ordinal));

        All.Select(entry => entry.Fact.GetType()).ShouldBe(today, ignoreOrder: true);
    }

    private static IRunEvent Completed()
    {
        var run = ARun.Distilling();
        run.FinishesAll();
        return run.History[^1];
    }
}
