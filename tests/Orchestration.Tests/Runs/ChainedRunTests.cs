using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunEvents;

namespace Stillhouse.Orchestration.Tests.Runs;

/// <summary>Runs in which one student teaches the next.</summary>
public class ChainedRunTests
{
    private static readonly RunSpec Progressive = ARun.Spec with
    {
        Recipe = new ProgressiveRecipeSpec
        {
            Assistants = [new AssistantSpec { Name = "assistant", Model = new MlpSpec { Widths = [784, 15, 10] }, Training = new TrainingSpec { Threads = 2 } }],
        },
    };

    private static readonly RunSpec BornAgain = ARun.Spec with { Recipe = new BornAgainRecipeSpec { Generations = 3 } };

    [Fact]
    public void Assistant_ThatHasFinished_IsServedByATeacherNode_AndTheStudentBegins()
    {
        var run = Taught(Progressive);
        run.History.OfType<TrialDispatched>().Select(fact => fact.Trial).ShouldBe(["teacher-1", "teacher-2", "baseline", "assistant"]);

        run.Finishes("assistant");

        run.History.OfType<ReplicaDispatched>().ShouldHaveSingleItem().Trial.ShouldBe("assistant");
        run.History.OfType<TrialDispatched>().ShouldContain(fact => fact.Trial == "student" && fact.Node == "s1");
    }

    [Fact]
    public void Student_BeforeItsAssistantIsServed_WaitsVisibly()
    {
        var run = Taught(Progressive);
        run.Finishes("assistant");
        run.Starts("student");

        Waiting(run).ShouldBe("for a replica of assistant");
        run.ReplicaServes("assistant", run.State!.Replicas.Of("assistant").Single().Node);
        Waiting(run).ShouldBeNull();
    }

    [Fact]
    public void Orders_OfAChain_NameWhoTeachesWhomAndWhoTeachesOn()
    {
        var run = Taught(Progressive);
        var assistant = Order(run, "assistant");
        assistant.Teachers.Select(teacher => teacher.Name).ShouldBe(["teacher-1", "teacher-2"]);
        assistant.Teaches.ShouldBeTrue();
        assistant.Network.Training.Threads.ShouldBe(2);
        run.Finishes("assistant");

        var student = Order(run, "student");

        student.Teachers.ShouldHaveSingleItem().Artifact.ShouldBe(ARun.Trained("assistant").Weights);
        student.Teaches.ShouldBeFalse();
        WorkOrders.ForReplica(run.State!, "assistant").Threads.ShouldBe(2);
    }

    [Fact]
    public void Orders_OfLossesOnFeatures_NameThemWithTheirShapes()
    {
        var run = Taught(Progressive with
        {
            Distillation = new DistillationSpec { Losses = [new KdLossSpec(), new RkdLossSpec { Features = ["fc1"] }] },
        });
        run.Finishes("assistant");

        Order(run, "student").Teachers.ShouldHaveSingleItem().Features.ShouldBe([new FeatureShape("fc1", [15])]);
        foreach (var name in new[] { "student", "baseline" })
        {
            run.Finishes(name);
        }

        ((EvaluateWork)WorkOrders.ForStudent(run.State!, "evaluate")).Teachers.ShouldAllBe(teacher => teacher.Features.Count == 0);
    }

    [Fact]
    public void Generations_AreMeasuredOneByOneAndTogether()
    {
        var run = Taught(BornAgain);
        foreach (var name in new[] { "generation-1", "generation-2", "student", "baseline" })
        {
            run.Finishes(name);
        }

        var work = (EvaluateWork)WorkOrders.ForStudent(run.State!, "evaluate");
        work.Predecessors.Select(artifact => artifact.Weights).ShouldBe([ARun.Trained("generation-1").Weights, ARun.Trained("generation-2").Weights]);
        work.JoinsGenerations.ShouldBeTrue();
        work.Teachers.Select(teacher => teacher.Name).ShouldBe(["teacher-1", "teacher-2"]);
    }

    [Fact]
    public void Report_OfGenerations_HasThemInTheOrderInWhichTheyLearnt()
    {
        var run = Taught(BornAgain);
        run.Finishes("generation-1");
        run.Finishes("generation-2");
        run.FinishesAll(predecessors: 2);

        var report = run.State!.Report.ShouldNotBeNull();
        report.Predecessors.ShouldNotBeNull().Select(generation => (generation.Name, generation.Digest))
            .ShouldBe([("generation-1", ARun.Trained("generation-1").Weights), ("generation-2", ARun.Trained("generation-2").Weights)]);
    }

    [Fact]
    public void Assistant_WhoseNodeIsGone_IsServedByAnother_AndIsNotTrainedAgain()
    {
        var run = Taught(Progressive);
        run.Finishes("assistant");
        var node = run.State!.Replicas.Of("assistant").Single().Node;
        run.ReplicaServes("assistant", node);

        var facts = run.NodesBecome(ARun.ThreeNodes.Without(node));

        facts.OfType<ReplicaDispatched>().ShouldContain(fact => fact.Trial == "assistant" && fact.Node != node);
        facts.OfType<TrialDispatched>().ShouldBeEmpty();
    }

    /// <summary>Both teachers serve.</summary>
    private static ARun Taught(RunSpec spec)
    {
        var run = new ARun();
        run.Tell(ARun.Submission(spec: spec));
        run.TeacherServes("teacher-1");
        run.TeacherServes("teacher-2");
        return run;
    }

    private static DistillWork Order(ARun run, string trial) => (DistillWork)WorkOrders.ForStudent(run.State!, trial);

    private static string? Waiting(ARun run) =>
        RunSnapshots.Take(run.State!, run.Nodes, new Dictionary<string, TrialProgress>(), new Dictionary<string, string>())
            .Trials.Single(trial => trial.Name == "student").Waiting;
}
