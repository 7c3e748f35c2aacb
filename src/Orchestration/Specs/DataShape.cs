namespace Stillhouse.Orchestration.Specs;

/// <summary>What a network must fit; what is not known, because the data cannot be read, is null.</summary>
/// <param name="Classes">How many classes the data has.</param>
/// <param name="TrainPerClass">Training samples of each class.</param>
/// <param name="ValidationPerClass">Validation samples of each class.</param>
/// <param name="Unlabelled">Training samples without a label.</param>
public sealed record DataShape(
    int? Classes,
    ImageShape? Sample,
    IReadOnlyList<int>? TrainPerClass = null,
    IReadOnlyList<int>? ValidationPerClass = null,
    int? Unlabelled = null)
{
    /// <summary>For data of which nothing is known.</summary>
    public static DataShape Unknown { get; } = new(null, null);
}

/// <summary>Channels, height and width of one sample.</summary>
public sealed record ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Input values per sample.</summary>
    public int Inputs => Channels * Height * Width;

    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
