using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Orchestration.Tests.Runs;

public class TrialListingsTests
{
    private static readonly RunSpec Sweep = ARun.Spec with
    {
        Sweep = new SweepSpec
        {
            Parameters = [new ChoiceParameterSpec { Path = "distillation.temperature", Values = [1, 4, 8] }],
            Objectives = [ObjectiveName.Accuracy, ObjectiveName.Parameters],
            Parallel = 3,
        },
    };

    [Fact]
    public void Pages_HoldEveryTrialOnce()
    {
        var state = Swept().State!;
        var first = TrialListings.Page(state, skip: 0, size: 4);
        var second = TrialListings.Page(state, skip: 4, size: 4);

        first.Total.ShouldBe(7);
        first.Listings.Concat(second.Listings).Select(trial => trial.Trial)
            .ShouldBe(["teacher-1", "teacher-2", "baseline", "student-1", "student-2", "student-3", "evaluate"]);
    }

    [Fact]
    public void Listing_OfASweptTrial_SaysWhatItTriesAndHasComeTo()
    {
        var listing = TrialListings.Of(Swept().State!, "student-2");

        (listing.Status, listing.Node, listing.Assignment, listing.Accuracy, listing.Parameters)
            .ShouldBe((TrialStatus.Finished, "s1", "temperature=4", 0.8, 200L));
    }

    [Fact]
    public void Best_IsByTheFirstObjective_AndTheFrontByAll()
    {
        var best = TrialListings.Best(Swept().State!, size: 100);

        best.Best!.Trial.ShouldBe("student-2");
        best.Front.Select(trial => trial.Trial).ShouldBe(["student-1", "student-2"]);
        (best.FrontSize, best.Ended, best.IsConcluded).ShouldBe((2, 2, false));
    }

    [Fact]
    public void Front_ThatIsTooLongForAMessage_IsCutOffVisibly()
    {
        var best = TrialListings.Best(Swept().State!, size: 1);

        (best.Front.Count, best.FrontSize).ShouldBe((1, 2));
    }

    [Fact]
    public void Best_OfARunWithoutSweep_HasNoObjectives() => TrialListings.Best(ARun.Begun().State!, size: 100).Objectives.ShouldBeEmpty();

    /// <summary>Of three trials two have finished: a small network and a better, larger one.</summary>
    private static ARun Swept()
    {
        var run = new ARun();
        run.Tell(ARun.Submission(spec: Sweep));
        run.TeacherServes("teacher-1");
        run.TeacherServes("teacher-2");
        foreach (var (name, accuracy, parameters) in new[] { ("student-1", 0.7, 100L), ("student-2", 0.8, 200L) })
        {
            run.Tell(new TrialFinished(ARun.Trial(name), ARun.Trained(name) with { Validation = accuracy, Parameters = parameters }));
        }

        return run;
    }
}
