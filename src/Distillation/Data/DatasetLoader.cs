using System.Diagnostics;
using Stillhouse.Distillation.Data.Glyphs;
using Stillhouse.Distillation.Data.Idx;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Data;

/// <summary>Makes or reads the dataset that a spec names.</summary>
public static class DatasetLoader
{
    /// <summary>Takes about a second for MNIST; paths in <paramref name="source"/> are absolute.</summary>
    /// <exception cref="DataException">Something is wrong with the data; all of it is listed.</exception>
    public static Dataset Load(DataSpec source)
    {
        var (dataset, problems) = Inspect(source);
        return dataset ?? throw new DataException(problems);
    }

    /// <summary>Loads like <see cref="Load"/>, and returns what is wrong instead of throwing it.</summary>
    public static DatasetInspection Inspect(DataSpec source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return HideLabels(
            source switch
            {
                IdxDataSpec idx => IdxDataset.Inspect(idx),
                GlyphDataSpec glyphs => DatasetInspection.Sound(GlyphDataset.Draw(glyphs)),
                _ => throw new UnreachableException($"No loader for {source.GetType().Name}."),
            },
            source.Labelled);
    }

    private static DatasetInspection HideLabels(DatasetInspection inspected, int? labelled)
    {
        if (inspected.Dataset is not { } dataset || labelled is not { } labels)
        {
            return inspected;
        }

        var most = dataset.Train.Labels.Length;
        return labels <= most
            ? DatasetInspection.Sound(Dataset.Of(
                dataset.Kind, dataset.Classes, dataset.Shape, dataset.Train.Hide(labels), dataset.Validation, dataset.Test))
            : inspected with
            {
                Dataset = null,
                Problems = [new DataProblem("data.labelled", $"{labels}", $"at most {most}, for so many training samples have labels", "Lower it, or leave it out.")],
            };
    }
}

/// <summary>A dataset, or why there is none.</summary>
/// <param name="Dataset">Null exactly where there are problems.</param>
public sealed record DatasetInspection(Dataset? Dataset, IReadOnlyList<DataProblem> Problems)
{
    /// <summary>Labels are, or should be, 0 to this - 1.</summary>
    public required int Classes { get; init; }

    /// <summary>Of one sample; null where no file tells. It may be known although there are problems.</summary>
    public required SampleShape? Shape { get; init; }

    public static DatasetInspection Sound(Dataset dataset) => new(dataset, []) { Classes = dataset.Classes, Shape = dataset.Shape };
}
