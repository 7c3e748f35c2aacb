namespace Stillhouse.Distillation.Data;

/// <summary>One thing that is wrong with the data of a run.</summary>
/// <param name="Place">The file or folder, or the option of the spec, for example <c>data.validation</c>.</param>
/// <param name="Found">What is there.</param>
/// <param name="Expected">What is allowed.</param>
/// <param name="Remedy">What to do about it, a sentence.</param>
public sealed record DataProblem(string Place, string Found, string Expected, string Remedy)
{
    /// <summary>The option of the spec that led there.</summary>
    public string Option { get; init; } = Place.StartsWith("data.", StringComparison.Ordinal) ? Place : "data.path";

    public override string ToString() => $"{Place}: found {Found}; expected {Expected}. {Remedy}";
}
