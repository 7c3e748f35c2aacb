using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Tests.Plans;

public class PlanTextTests
{
    [Fact]
    public void Text_OfAFewTeachers_ListsThem() => Text(APlan.Of("big*2")).ShouldBe(
        """
        small: 5 stages on 3 levels; those of one level can run side by side

        level  stage     kind      yields                 after
        1      big-1     train     weights, soft targets
               big-2     train     weights, soft targets
               baseline  baseline  weights
        2      student   distill   weights                big-1, big-2
        3      evaluate  evaluate  report                 big-1, big-2, baseline, student
        """);

    [Fact]
    public void Text_OfManyTeachersThatOnlyANumberTellsApart_TakesThemTogether() => Text(APlan.Of("big*64", "conv*5")).ShouldBe(
        """
        small: 72 stages on 3 levels; those of one level can run side by side

        level  stage                kind      yields                 after
        1      big-1 … big-64 (64)  train     weights, soft targets
               conv-1               train     weights, soft targets
               conv-2               train     weights, soft targets
               conv-3               train     weights, soft targets
               conv-4               train     weights, soft targets
               conv-5               train     weights, soft targets
               baseline             baseline  weights
        2      student              distill   weights                big-1 … big-64 (64), conv-1, conv-2, conv-3, conv-4, conv-5
        3      evaluate             evaluate  report                 big-1 … big-64 (64), conv-1, conv-2, conv-3, conv-4 and 3 more
        """);

    [Fact]
    public void Text_OfStagesThatFollowEachOther_KeepsThemApart() => Text(APlan.BornAgain(7)).ShouldEndWith(
        """
        7      generation-6  distill   weights, soft targets  generation-5
        8      student       distill   weights                generation-6
        9      evaluate      evaluate  report                 big, baseline, generation-1, generation-2, generation-3 and 4 more
        """);

    [Fact]
    public void Text_OfNetworksThatLearnSideBySide_NamesWhomTheyLearnBeside() =>
        Text(APlan.Of(new OnlineRecipeSpec(), "big")).ShouldContain("big       co-train  weights, soft targets  beside student");

    [Fact]
    public void Text_OfLossesOnFeatures_SaysWhatIsSentAndHowMuch() => Text(PlanCompiler.Compile(new RunSpec
    {
        Name = "small",
        Data = new GlyphDataSpec(),
        Teachers =
        [
            new TeacherSpec { Name = "conv", Model = new CnnSpec { Channels = [8, 16], Classes = 10 } },
            new TeacherSpec { Name = "flat", Model = new MlpSpec { Widths = [784, 300, 10] } },
        ],
        Student = new StudentSpec { Model = new MlpSpec { Widths = [784, 20, 10] } },
        Distillation = new DistillationSpec { Codec = new Fp16Spec(), Losses = [new KdLossSpec(), new RkdLossSpec { Features = ["fc1"] }] },
    })).ShouldContain(
        """
        1      conv      train     weights, soft targets with fc1 [128]: 276 B a sample
               flat      train     weights, soft targets with fc1 [300]: 620 B a sample
        """);

    private static string Text(Plan plan) => string.Join(Environment.NewLine, PlanText.Lines("small", plan));
}
