using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Data.Idx;

/// <summary>Makes a dataset of four IDX files.</summary>
internal static class IdxDataset
{
    /// <summary>
    /// The last <see cref="IdxDataSpec.Validation"/> samples of the training file are the validation split; of those
    /// before them the first <see cref="IdxDataSpec.Limit"/> are the training split, which is thinned to its imbalance. Images
    /// without labels follow.
    /// </summary>
    /// <returns>The dataset, or all that is missing, damaged, or does not fit the other files or the spec.</returns>
    public static DatasetInspection Inspect(IdxDataSpec spec)
    {
        var folder = new IdxFolder(spec.Path);
        if (folder.Absence() is { } absence)
        {
            return new DatasetInspection(null, [absence]) { Classes = spec.Classes, Shape = null };
        }

        var problems = new List<DataProblem>();
        var trainImages = TryRead(folder.TrainImages, problems);
        var trainLabels = TryRead(folder.TrainLabels, problems);
        var testImages = TryRead(folder.TestImages, problems);
        var testLabels = TryRead(folder.TestLabels, problems);
        var unlabelled = TryReadUnlabelled(spec, trainImages, problems);
        problems.AddRange(
        [
            .. IdxChecks.Counts(trainImages, trainLabels),
            .. IdxChecks.Counts(testImages, testLabels),
            .. IdxChecks.Labels(trainLabels, spec.Classes),
            .. IdxChecks.Labels(testLabels, spec.Classes),
            .. IdxChecks.Sides(trainImages, testImages),
            .. IdxChecks.Splits(trainImages, spec),
        ]);
        return problems.Count == 0
            ? DatasetInspection.Sound(Assemble(spec, trainImages!, trainLabels!, unlabelled, testImages!, testLabels!))
            : new DatasetInspection(null, problems) { Classes = spec.Classes, Shape = ShapeOf(trainImages ?? testImages) };
    }

    private static IdxFile? TryRead(Func<IdxFile> read, List<DataProblem> problems)
    {
        try
        {
            return read();
        }
        catch (DataException refused)
        {
            problems.AddRange(refused.Problems);
            return null;
        }
    }

    private static IdxFile? TryReadUnlabelled(IdxDataSpec spec, IdxFile? trainImages, List<DataProblem> problems)
    {
        if (spec.Unlabelled is not { } path)
        {
            return null;
        }

        var own = new List<DataProblem>();
        var images = TryRead(
            () => File.Exists(path)
                ? IdxFile.Read(path, IdxKind.Images)
                : throw new DataException(new DataProblem(path, "nothing", IdxKind.Images.Name, "Put the images there, or leave data.unlabelled out.")),
            own);
        problems.AddRange(own.Concat(IdxChecks.Sides(trainImages, images)).Select(problem => problem with { Option = "data.unlabelled" }));
        return images;
    }

    private static Dataset Assemble(
        IdxDataSpec spec, IdxFile trainImages, IdxFile trainLabels, IdxFile? unlabelled, IdxFile testImages, IdxFile testLabels)
    {
        var shape = ShapeOf(trainImages)!.Value;
        var remaining = trainImages.Count - spec.Validation;
        return Dataset.Of(
            "idx",
            spec.Classes,
            shape,
            train: Followed(
                LongTail.Thin(Slice(trainImages, trainLabels, shape, ..(spec.Limit ?? remaining)), spec.Classes, spec.Imbalance),
                by: unlabelled),
            validation: Slice(trainImages, trainLabels, shape, remaining..),
            test: Slice(testImages, testLabels, shape, ..));
    }

    private static SampleSet Followed(SampleSet labelled, IdxFile? by) =>
        by is null ? labelled : new SampleSet((byte[])[.. labelled.Pixels.Span, .. by.Values.Span], labelled.Labels, by.Count);

    private static SampleShape? ShapeOf(IdxFile? images) =>
        images is null ? null : new SampleShape(1, images.Dimensions[1], images.Dimensions[2]);

    private static SampleSet Slice(IdxFile images, IdxFile labels, SampleShape shape, Range samples)
    {
        var (start, count) = samples.GetOffsetAndLength(images.Count);
        return new SampleSet(
            images.Values.Slice(start * shape.Size, count * shape.Size), labels.Values.Slice(start, count));
    }
}
