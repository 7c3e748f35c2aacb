namespace Stillhouse.Orchestration.Specs;

/// <summary>What a network must fit: the classes of the data, and channels, height and width of one sample.</summary>
public sealed record DataShape(int Classes, int Channels, int Height, int Width)
{
    /// <summary>Input values per sample.</summary>
    public int Inputs => Channels * Height * Width;

    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
