using CsCheck;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunEvents;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Orchestration.Tests.Runs;

/// <summary>A run whose student is found by a sweep of six: two learning rates under three temperatures, two at a time.</summary>
public class SweepRunTests
{
    private static readonly RunSpec Spec = ARun.Spec with
    {
        Student = ARun.Spec.Student with { Training = new TrainingSpec { Epochs = 9 } },
        Sweep = new SweepSpec
        {
            Parameters =
            [
                new ChoiceParameterSpec { Path = "distillation.temperature", Values = [1, 4, 8] },
                new ChoiceParameterSpec { Path = "student.training.optimizer.rate", Values = [0.01, 0.001] },
            ],
            Pruner = new AshaPrunerSpec(),
            Parallel = 2,
        },
    };

    private static readonly string[] Students = [.. Enumerable.Range(1, 6).Select(number => $"student-{number}")];

    [Fact]
    public void Trials_AreProposedWhenTheirTeachersServe_AndNoMoreThanMayRunAtOnce()
    {
        var run = new ARun();
        run.Tell(ARun.Submission(spec: Spec));
        run.History.OfType<TrialProposed>().ShouldBeEmpty();
        run.TeacherServes("teacher-1");
        run.TeacherServes("teacher-2");

        run.History.OfType<TrialProposed>().Select(fact => fact.Trial).ShouldBe(["student-1", "student-2"]);
        run.History.OfType<TrialDispatched>().Select(fact => fact.Trial).ShouldContain("student-2");
        run.History.OfType<TrialDispatched>().Select(fact => fact.Trial).ShouldNotContain("student-3");
    }

    [Fact]
    public void Trial_ThatEnds_MakesRoomForTheNext()
    {
        var run = Sweeping();
        run.Finishes("student-2");

        run.History.OfType<TrialProposed>().Last().Trial.ShouldBe("student-3");
        run.History.OfType<TrialProposed>().Last().Assignment.ToString().ShouldBe("temperature=4 rate=0.01");
    }

    [Fact]
    public void WorkOrder_OfATrial_HasItsOwnNumbers_AndTheSameFirstWeights()
    {
        var run = Sweeping();
        var first = (DistillWork)WorkOrders.ForStudent(run.State!, "student-1");
        var second = (DistillWork)WorkOrders.ForStudent(run.State!, "student-2");

        first.Network.Training.Optimizer.PeakRate.ShouldBe(0.01);
        second.Network.Training.Optimizer.PeakRate.ShouldBe(0.001);
        second.Network.Seed.ShouldBe(first.Network.Seed);
        second.Distillation.Temperature.ShouldBe(1);
    }

    [Fact]
    public void Epochs_AreRecordedOnce_HoweverOftenTheyAreReported()
    {
        var run = Sweeping();
        Reports(run, "student-1", 0.5, 0.6);
        Reports(run, "student-1", 0.5, 0.6, 0.7);

        run.History.OfType<TrialMeasured>().Select(fact => fact.Measured.Epoch).ShouldBe([1, 2, 3]);
        run.State!.Sweep!.EpochsTrained.ShouldBe(3);
    }

    [Fact]
    public void Trial_ThatFallsBehind_IsPruned_AndItsLateEndCountsForNothing()
    {
        var run = Sweeping();
        Reports(run, "student-1", 0.9);
        Reports(run, "student-2", 0.5);

        run.History.OfType<TrialPruned>().ShouldHaveSingleItem().Trial.ShouldBe("student-2");
        run.State!["student-2"].Status.ShouldBe(TrialStatus.Pruned);
        run.History.OfType<TrialProposed>().Last().Trial.ShouldBe("student-3");
        run.Tell(new TrialFinished(ARun.Trial("student-2"), Trained(0.99))).ShouldBeEmpty();
    }

    [Fact]
    public void Trial_ThatFails_LeavesTheOthersAlone()
    {
        var run = Sweeping();
        run.Fails("student-1", "the loss is NaN");

        run.State!.Status.ShouldBe(RunStatus.Running);
        run.State["student-1"].Status.ShouldBe(TrialStatus.Failed);
        run.History.OfType<TrialProposed>().Last().Trial.ShouldBe("student-3");
    }

    [Fact]
    public void Sweep_OfWhichNoTrialFinishes_BreaksTheRun()
    {
        var run = Sweeping();
        foreach (var student in Students)
        {
            run.Fails(student, "the loss is NaN");
        }

        run.State!.Status.ShouldBe(RunStatus.Failed);
        run.State.Reason.ShouldBe("none of the 6 trials of the sweep has finished");
    }

    [Fact]
    public void BestTrial_IsEvaluated_AndReported()
    {
        var run = Sweeping();
        foreach (var (student, accuracy) in Students.Zip([0.7, 0.9, 0.8, 0.9, 0.6, 0.5]))
        {
            run.Tell(new TrialFinished(ARun.Trial(student), Trained(accuracy)));
        }

        run.Finishes("baseline");
        var work = (EvaluateWork)WorkOrders.ForStudent(run.State!, "evaluate");
        work.Student.Weights.ShouldBe(run.State!.Trained("student-2").Weights);
        run.Evaluated();

        run.State.Status.ShouldBe(RunStatus.Completed);
        var report = run.State.Report!.Sweep!;
        report.Best.ShouldBe("student-2");
        report.Trials.Count.ShouldBe(6);
        run.State.Report.Student.Digest.ShouldBe(run.State.Trained("student-2").Weights);
    }

    [Fact]
    public void Retry_OfACancelledSweep_GoesOnWithItsTrials()
    {
        var run = Sweeping();
        run.Finishes("student-1");
        run.Tell(new CancelRun(ARun.Id));
        run.Tell(new RetryRun(ARun.Id));
        run.TeacherServes("teacher-1");

        run.State!["student-1"].Status.ShouldBe(TrialStatus.Finished);
        run.History.OfType<TrialDispatched>().Count(fact => fact.Trial == "student-2").ShouldBe(2);
        run.History.OfType<TrialProposed>().Select(fact => fact.Trial).ShouldBeUnique();
    }

    [Fact]
    public void Summary_OfAnyHistory_IsRestoredToTheSameSweep() =>
        AnyStep().List[0, 60].Sample(steps =>
        {
            var run = Sweeping();
            steps.ForEach(step => step(run));
            var restored = RunSummaries.Restore(RunSummaries.Of(run.State!));

            restored.Sweep!.Open.ShouldBe(run.State!.Sweep!.Open);
            restored.Sweep.Best?.Number.ShouldBe(run.State.Sweep.Best!.Number);
            restored.Sweep.EpochsTrained.ShouldBe(run.State.Sweep.EpochsTrained);
            restored.Sweep.Next.ShouldBe(run.State.Sweep.Next);
            restored.Trials.OrderBy(trial => trial.Key).ShouldBe(run.State.Trials.OrderBy(trial => trial.Key));
            restored.Trials.Unfinished.ShouldBe(run.State.Trials.Unfinished);
        });

    [Fact]
    public void AnyHistory_RunsNoTrialTwice_AndEndsWhenAllThatIsHandedOutAnswers() =>
        AnyStep().List[0, 60].Sample(steps =>
        {
            var run = Sweeping();
            steps.ForEach(step => step(run));
            for (var rounds = 0; run.State!.Status == RunStatus.Running && rounds < 20; rounds++)
            {
                run.NodesBecome(ARun.ThreeNodes);
                foreach (var name in run.State.Trials.Active)
                {
                    Answer(run, name);
                }
            }

            run.State.Status.ShouldNotBe(RunStatus.Running);
            run.History.OfType<TrialEnded>().Select(fact => fact.Trial).ShouldBeUnique();
            run.History.OfType<TrialProposed>().Select(fact => fact.Assignment).ShouldBeUnique();
        });

    private static void Answer(ARun run, string name)
    {
        switch (name)
        {
            case "evaluate":
                run.Evaluated();
                break;
            case var teacher when teacher.StartsWith("teacher", StringComparison.Ordinal):
                run.TeacherServes(teacher);
                break;
            default:
                run.Finishes(name);
                break;
        }
    }

    private static Gen<Action<ARun>> AnyStep()
    {
        var student = Gen.Int[0, Students.Length - 1].Select(index => Students[index]);
        return Gen.OneOf(
            Gen.Select(student, Gen.Double[0.0, 1.0].List[1, 9]).Select<(string Name, List<double> Curve), Action<ARun>>(
                report => run => Reports(run, report.Name, [.. report.Curve])),
            student.Select<string, Action<ARun>>(name => run => run.Starts(name)),
            Gen.Select(student, Gen.Double[0.0, 1.0]).Select<(string Name, double Accuracy), Action<ARun>>(
                end => run => run.Tell(new TrialFinished(ARun.Trial(end.Name), Trained(end.Accuracy)))),
            student.Select<string, Action<ARun>>(name => run => run.Fails(name, "x")),
            Gen.Const<Action<ARun>>(run => run.NodesBecome(run.Nodes.Without("s1"))),
            Gen.Const<Action<ARun>>(run => run.NodesBecome(ARun.ThreeNodes)),
            Gen.Const<Action<ARun>>(run => run.Finishes("baseline")));
    }

    private static ARun Sweeping()
    {
        var run = new ARun();
        run.Tell(ARun.Submission(spec: Spec));
        run.TeacherServes("teacher-1");
        run.TeacherServes("teacher-2");
        return run;
    }

    private static void Reports(ARun run, string trial, params double[] curve) =>
        run.Tell(new TrialProgressed(
            ARun.Trial(trial), run.LeaseOf(trial), new TrialProgress(curve.Length, 9, curve.Length, 9, 1, curve[^1], 1, 0, curve.Length, curve)));

    private static TrainedOutcome Trained(double accuracy) =>
        ARun.Trained($"weights of {accuracy}") with { Validation = accuracy };
}
