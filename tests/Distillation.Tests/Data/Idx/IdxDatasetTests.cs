using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Tests.Data.Idx;

public sealed class IdxDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public IdxDatasetTests()
    {
        _folder.Write("train-images-idx3-ubyte", IdxBytes.Images(20));
        _folder.Write("train-labels-idx1-ubyte.gz", IdxBytes.Gzip(IdxBytes.Labels(20)));
        _folder.Write("t10k-images.idx3-ubyte", IdxBytes.Images(10));
        _folder.Write("t10k-labels.idx1-ubyte.gz", IdxBytes.Labels(10)); // gzip by name only
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_FilesUnderAnyKnownName_MakesTheDataset()
    {
        var dataset = DatasetLoader.Load(Spec());

        dataset.Kind.ShouldBe("idx");
        dataset.Classes.ShouldBe(10);
        dataset.Shape.ShouldBe(new SampleShape(1, 2, 3));
        (dataset.Train.Count, dataset.Validation.Count, dataset.Test.Count).ShouldBe((16, 4, 10));
    }

    [Fact]
    public void Load_WithLimit_TakesTheFirstSamplesAndKeepsTheValidationSplit()
    {
        var dataset = DatasetLoader.Load(Spec() with { Limit = 3 });

        dataset.Train.Labels.ToArray().ShouldBe([0, 1, 2]);
        dataset.Train.Pixels.ToArray().ShouldBe(Enumerable.Range(0, 18).Select(i => (byte)i));
        dataset.Validation.Labels.ToArray().ShouldBe([6, 7, 8, 9]);
        dataset.Validation.Pixels.Span[0].ShouldBe((byte)(16 * 6));
    }

    [Fact]
    public void Load_ImagesWithoutLabels_FollowTheTrainingSamples_AndAreAnotherDataset()
    {
        var plain = DatasetLoader.Load(Spec() with { Limit = 3 });

        var dataset = DatasetLoader.Load(Spec() with { Limit = 3, Unlabelled = _folder.Write("more", IdxBytes.Gzip(IdxBytes.Images(7))) });

        (dataset.Train.Count, dataset.Train.Unlabelled, dataset.Validation.Count, dataset.Test.Count).ShouldBe((10, 7, 4, 10));
        dataset.Train.Labels.ToArray().ShouldBe([0, 1, 2]);
        dataset.Train.Pixels.ToArray().ShouldBe(Enumerable.Range(0, 18).Concat(Enumerable.Range(0, 42)).Select(i => (byte)i));
        dataset.Digest.ShouldNotBe(plain.Digest);
    }

    [Fact]
    public void Inspect_ImagesWithoutLabels_ThatDoNotFit_NameTheirOption()
    {
        var labels = _folder.Write("labels", IdxBytes.Labels(5));
        DataProblem Problem(string file) => DatasetLoader.Inspect(Spec() with { Unlabelled = file }).Problems.ShouldHaveSingleItem();

        Problem(labels).Found.ShouldContain("an IDX label file");
        Problem(labels).Option.ShouldBe("data.unlabelled");
        Problem(Path.Combine(_folder.Path, "absent")).Found.ShouldBe("nothing");
    }

    [Fact]
    public void Digest_OfEqualContent_IsEqualWhateverTheFilesAreCalled()
    {
        var digest = DatasetLoader.Load(Spec()).Digest;
        File.Delete(Path.Combine(_folder.Path, "train-images-idx3-ubyte"));
        _folder.Write("train-images-idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Images(20)));

        DatasetLoader.Load(Spec()).Digest.ShouldBe(digest);
    }

    [Fact]
    public void Digest_OfOtherContent_Differs()
    {
        var digest = DatasetLoader.Load(Spec()).Digest;
        var images = IdxBytes.Images(10);
        images[^1] ^= 1;
        _folder.Write("t10k-images.idx3-ubyte", images);

        DatasetLoader.Load(Spec()).Digest.ShouldNotBe(digest);
    }

    [Fact]
    public void Inspect_NoFolder_IsOneProblem()
    {
        var inspection = DatasetLoader.Inspect(Spec() with { Path = Path.Combine(_folder.Path, "absent") });

        inspection.Dataset.ShouldBeNull();
        inspection.Classes.ShouldBe(10);
        inspection.Shape.ShouldBeNull();
        inspection.Problems.ShouldHaveSingleItem().Found.ShouldBe("nothing");
    }

    [Fact]
    public void Inspect_SeveralDefects_ListsThemAll()
    {
        File.Delete(Path.Combine(_folder.Path, "train-images-idx3-ubyte"));
        _folder.Write("train-labels-idx1-ubyte.gz", IdxBytes.Labels(20)[..20]);
        _folder.Write("t10k-images.idx3-ubyte", IdxBytes.Images(9));
        _folder.Write("t10k-labels.idx1-ubyte.gz", IdxBytes.Labels(1, 2, 3, 10, 11));

        DatasetLoader.Inspect(Spec()).Problems.Select(problem => problem.Found).ShouldBe(
        [
            "no train-images-idx3-ubyte",
            "too few bytes of values (12)",
            "5 labels",
            "the label 10 at sample 3",
        ]);
    }

    [Fact]
    public void Inspect_MissingFile_NamesEverythingThatWasLookedFor()
    {
        File.Delete(Path.Combine(_folder.Path, "train-images-idx3-ubyte"));

        var problem = DatasetLoader.Inspect(Spec()).Problems.ShouldHaveSingleItem();
        problem.Place.ShouldBe(_folder.Path);
        problem.Expected.ShouldBe(
            "an IDX image file called train-images-idx3-ubyte, train-images-idx3-ubyte.gz"
            + ", train-images.idx3-ubyte or train-images.idx3-ubyte.gz");
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("train-labels-idx1-ubyte")]
    public void Inspect_WithOneFileMissing_TellsTheShapeThatTheOthersHave(string missing)
    {
        var shape = DatasetLoader.Load(Spec()).Shape;
        File.Delete(Path.Combine(_folder.Path, missing));

        DatasetLoader.Inspect(Spec()).Shape.ShouldBe(shape);
    }

    [Fact]
    public void Inspect_LabelBeyondClasses_NamesTheFirstSample()
    {
        var problem = DatasetLoader.Inspect(Spec() with { Classes = 7 }).Problems[0];

        problem.Found.ShouldBe("the label 7 at sample 7");
        problem.Expected.ShouldBe("labels from 0 to 6");
    }

    [Fact]
    public void Inspect_TestImagesOfOtherSides_SaysBoth()
    {
        _folder.Write("t10k-images.idx3-ubyte", IdxBytes.Images(10, height: 4, width: 4));

        var problem = DatasetLoader.Inspect(Spec()).Problems.ShouldHaveSingleItem();
        problem.Found.ShouldBe("samples of 4 x 4 pixels");
        problem.Expected.ShouldStartWith("2 x 3, as in ");
    }

    [Fact]
    public void Inspect_NothingLeftToTrainOn_NamesTheOption()
    {
        var problem = DatasetLoader.Inspect(Spec() with { Validation = 20 }).Problems.ShouldHaveSingleItem();

        problem.Place.ShouldBe("data.validation");
        problem.Expected.ShouldStartWith("at most 19");
    }

    [Fact]
    public void Inspect_LimitBeyondTheSamples_NamesTheOption()
    {
        var problem = DatasetLoader.Inspect(Spec() with { Limit = 17 }).Problems.ShouldHaveSingleItem();

        problem.Place.ShouldBe("data.limit");
        problem.Found.ShouldBe("17");
        problem.Expected.ShouldStartWith("at most 16");
    }

    private IdxDataSpec Spec() => new() { Path = _folder.Path, Validation = 4 };
}
