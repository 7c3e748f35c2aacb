namespace Stillhouse.Distillation.Weights;

/// <summary>A place in a file of weights where something else was found than what was expected.</summary>
/// <param name="Place">A tensor's name, or a part of the file.</param>
/// <param name="Expected">What belongs there.</param>
/// <param name="Found">What is there.</param>
public sealed record Mismatch(string Place, string Expected, string Found)
{
    public override string ToString() => $"{Place}: expected {Expected}, found {Found}";
}

/// <summary>A file of weights is damaged, or is not the one that belongs here. The message names every mismatch.</summary>
public sealed class WeightsRefusedException(string path, IReadOnlyList<Mismatch> mismatches)
    : Exception($"{path}: {string.Join("; ", mismatches)}")
{
    public WeightsRefusedException(string path, string place, string expected, string found)
        : this(path, [new Mismatch(place, expected, found)])
    {
    }

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>All that is wrong with it.</summary>
    public IReadOnlyList<Mismatch> Mismatches { get; } = mismatches;
}
