using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Data.Idx;

/// <summary>What can be wrong between whole files, or between them and the spec. Files that could not be read are null.</summary>
internal static class IdxChecks
{
    public static IEnumerable<DataProblem> Counts(IdxFile? images, IdxFile? labels)
    {
        if (images is not null && labels is not null && images.Count != labels.Count)
        {
            yield return new DataProblem(
                labels.Path,
                $"{labels.Count} labels",
                $"{images.Count}, one for each sample of {images.Path}",
                "Use images and labels that belong together.");
        }
    }

    public static IEnumerable<DataProblem> Labels(IdxFile? labels, int classes)
    {
        var first = labels is null ? -1 : labels.Values.Span.IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (first >= 0)
        {
            yield return new DataProblem(
                labels!.Path,
                $"the label {labels.Values.Span[first]} at sample {first}",
                $"labels from 0 to {classes - 1}",
                "Correct the file, or set data.classes to the number of classes.");
        }
    }

    public static IEnumerable<DataProblem> Sides(IdxFile? train, IdxFile? other)
    {
        if (train is not null && other is not null && !train.Dimensions.Skip(1).SequenceEqual(other.Dimensions.Skip(1)))
        {
            yield return new DataProblem(
                other.Path,
                $"samples of {string.Join(" x ", other.Dimensions.Skip(1))} pixels",
                $"{string.Join(" x ", train.Dimensions.Skip(1))}, as in {train.Path}",
                "Use files of the same dataset.");
        }
    }

    public static IEnumerable<DataProblem> Splits(IdxFile? train, IdxDataSpec spec)
    {
        if (train is null)
        {
            yield break;
        }

        var remaining = train.Count - spec.Validation;
        if (remaining < 1)
        {
            yield return new DataProblem(
                "data.validation",
                spec.Validation.ToString(),
                $"at most {train.Count - 1}, as {train.Path} has {train.Count} samples",
                "Hold out fewer samples.");
        }
        else if (spec.Limit > remaining)
        {
            yield return new DataProblem(
                "data.limit",
                spec.Limit.Value.ToString(),
                $"at most {remaining}: {train.Count} samples in {train.Path} less {spec.Validation} for validation",
                "Lower the limit, leave it out, or hold out fewer samples.");
        }
    }
}
