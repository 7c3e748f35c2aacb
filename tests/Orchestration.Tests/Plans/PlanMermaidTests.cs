using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Tests.Plans;

public class PlanMermaidTests
{
    [Fact]
    public void Mermaid_OfASmallPlan_BoxesLevelsAndNamesWhatIsHandedOn() => Text(APlan.Of("end")).ShouldBe(
        """
        flowchart LR
          subgraph level1 [level 1]
            s1["end<br/>train"]
            s2["baseline"]
          end
          subgraph level2 [level 2]
            s3["student<br/>distill"]
          end
          subgraph level3 [level 3]
            s4["evaluate"]
          end
          s1 -- soft targets --> s3
          s1 -- soft targets --> s4
          s2 -- weights --> s4
          s3 -- weights --> s4
        """);

    [Fact]
    public void Mermaid_OfManyTeachers_DrawsThemOnce()
    {
        var text = Text(APlan.Of("big*64"));

        text.ShouldContain("s1[\"big-1 … big-64 (64)<br/>train\"]");
        text.ShouldNotContain("big-2");
        text.Split(Environment.NewLine).Count(line => line.Contains("-->")).ShouldBe(4);
    }

    [Fact]
    public void Mermaid_OfAnAssistant_HandsOnSoftTargetsToItsStudentAndWeightsToTheExamination()
    {
        var text = Text(APlan.Progressive);

        text.ShouldContain("s3 -- soft targets --> s4");
        text.ShouldContain("s3 -- weights --> s6");
    }

    private static string Text(Plan plan) => string.Join(Environment.NewLine, PlanMermaid.Lines(plan));
}
