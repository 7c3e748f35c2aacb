using CsCheck;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Tests.Plans;

public class PlanLevelsTests
{
    /// <summary>Any DAG: every stage follows some of those before it.</summary>
    private static readonly Gen<Plan> Plans =
        from picks in Gen.Bool.Array[0, 8].Array[1, 8]
        select new Plan([.. picks.Select((after, number) => new Stage(
            $"s{number}", StageKind.Train, [.. Enumerable.Range(0, number).Where(other => other < after.Length && after[other]).Select(other => $"s{other}")]))]);

    [Fact]
    public void Levels_OfARun_AreTeachersThenStudentThenExamination() =>
        APlan.Of("big*2").Levels().Select(level => level.Select(stage => stage.Name))
            .ShouldBe([["big-1", "big-2", "baseline"], ["student"], ["evaluate"]]);

    [Fact]
    public void Levels_OfAProgressiveRun_HaveOneAssistantEach() =>
        APlan.Progressive.Levels().Select(level => level.Select(stage => stage.Name))
            .ShouldBe([["big", "baseline"], ["middle"], ["small"], ["student"], ["evaluate"]]);

    [Fact]
    public void Students_OfAProgressiveRun_AreTaughtByTheOneBefore() =>
        APlan.Progressive.Stages.Select(stage => (stage.Name, string.Join(' ', stage.Teachers)))
            .ShouldBe([("big", ""), ("baseline", ""), ("middle", "big"), ("small", "middle"), ("student", "small"), ("evaluate", "big")]);

    [Fact]
    public void Generations_DifferInNothingButTheirSeed()
    {
        var plan = APlan.BornAgain(3);
        plan.Predecessors.Select(stage => stage.Name).ShouldBe(["generation-1", "generation-2"]);
        var student = plan["student"].Network.ShouldNotBeNull();
        plan.Predecessors.Select(stage => stage.Network).ShouldBe([student with { SeedName = "generation-1" }, student with { SeedName = "generation-2" }]);
    }

    [Fact]
    public void Levels_HoldEveryStageOnce_AsEarlyAsCanBe() => Plans.Sample(plan =>
    {
        var levels = plan.Levels();
        levels.SelectMany(level => level).ShouldBe(plan.Stages, ignoreOrder: true);
        var depths = levels.SelectMany((level, depth) => level.Select(stage => (stage.Name, depth))).ToDictionary(pair => pair.Name, pair => pair.depth);
        foreach (var stage in plan.Stages)
        {
            depths[stage.Name].ShouldBe(stage.After.Select(name => depths[name] + 1).DefaultIfEmpty().Max());
        }
    });
}
