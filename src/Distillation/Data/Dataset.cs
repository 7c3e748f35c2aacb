using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Distillation.Data;

/// <summary>An image dataset in memory, immutable and shared by every trial of the process.</summary>
/// <param name="Kind">The kind of source, as the spec names it.</param>
/// <param name="Digest">Covers shape, pixels and labels of all splits: equal digests mean equal samples in equal order.</param>
/// <param name="Classes">Labels are 0 to <paramref name="Classes"/> - 1.</param>
/// <param name="Shape">Of one sample.</param>
public sealed record Dataset(
    string Kind,
    Digest Digest,
    int Classes,
    SampleShape Shape,
    SampleSet Train,
    SampleSet Validation,
    SampleSet Test)
{
    /// <summary>A dataset with the digest of its content.</summary>
    public static Dataset Of(
        string kind, int classes, SampleShape shape, SampleSet train, SampleSet validation, SampleSet test) =>
        new(kind, DatasetDigest.Of(classes, shape, train, validation, test), classes, shape, train, validation, test);

    public SampleSet this[Split split] => split switch
    {
        Split.Train => Train,
        Split.Validation => Validation,
        Split.Test => Test,
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, null),
    };
}

/// <summary>Channels, height and width of one sample.</summary>
public readonly record struct SampleShape(int Channels, int Height, int Width)
{
    /// <summary>Input values per sample.</summary>
    public int Size => Channels * Height * Width;

    public override string ToString() => $"{Channels}x{Height}x{Width}";
}

/// <summary>
/// One split: pixels 0 to 255, sample after sample, channel-major, and one label for each sample but the last ones. A sample id is
/// its position here.
/// </summary>
/// <param name="Unlabelled">How many samples at the end have no label.</param>
public sealed record SampleSet(ReadOnlyMemory<byte> Pixels, ReadOnlyMemory<byte> Labels, int Unlabelled = 0)
{
    public int Count => Labels.Length + Unlabelled;

    /// <summary>The same samples, of which only the first <paramref name="labels"/> keep their labels.</summary>
    public SampleSet Hide(int labels) => this with { Labels = Labels[..labels], Unlabelled = Count - labels };

    /// <summary>How many samples with a label each of the classes has.</summary>
    public int[] PerClass(int classes)
    {
        var counts = new int[classes];
        foreach (var label in Labels.Span)
        {
            counts[label]++;
        }

        return counts;
    }
}
