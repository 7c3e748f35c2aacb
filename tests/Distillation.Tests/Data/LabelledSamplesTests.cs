using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Tests.Data;

public class LabelledSamplesTests
{
    private static readonly GlyphDataSpec Glyphs = new() { Train = 50, Validation = 20, Test = 20 };

    [Fact]
    public void Load_WithFewLabels_KeepsAllSamples_AndIsAnotherDataset()
    {
        var (whole, few) = (DatasetLoader.Load(Glyphs), DatasetLoader.Load(Glyphs with { Labelled = 15 }));

        (few.Train.Count, few.Train.Unlabelled).ShouldBe((50, 35));
        few.Train.Labels.ToArray().ShouldBe(whole.Train.Labels.ToArray()[..15]);
        few.Train.Pixels.ToArray().ShouldBe(whole.Train.Pixels.ToArray());
        few.Train.PerClass(10).Sum().ShouldBe(15);
        few.Validation.ShouldBe(few.Validation with { Unlabelled = 0 });
        few.Digest.ShouldNotBe(whole.Digest);
        few.Digest.ShouldNotBe(DatasetLoader.Load(Glyphs with { Labelled = 16 }).Digest);
    }

    [Fact]
    public void Load_WithEveryLabel_IsTheSameDataset() =>
        DatasetLoader.Load(Glyphs with { Labelled = 50 }).Digest.ShouldBe(DatasetLoader.Load(Glyphs).Digest);

    [Fact]
    public void Inspect_MoreLabelsThanThereAre_SaysHowManyThereAre()
    {
        var inspection = DatasetLoader.Inspect(Glyphs with { Labelled = 51 });

        inspection.Dataset.ShouldBeNull();
        inspection.Problems.ShouldHaveSingleItem().ToString()
            .ShouldBe("data.labelled: found 51; expected at most 50, for so many training samples have labels. Lower it, or leave it out.");
    }
}
