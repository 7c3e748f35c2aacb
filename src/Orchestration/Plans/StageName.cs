using System.Globalization;

namespace Stillhouse.Orchestration.Plans;

/// <summary>Names of stages that plans have of their own; teachers and assistants cannot be called so.</summary>
public static class StageName
{
    public const string Baseline = "baseline";
    public const string Student = "student";
    public const string Evaluate = "evaluate";

    private const string GenerationPrefix = "generation-";

    public static IReadOnlyList<string> Reserved { get; } = [Baseline, Student, Evaluate];

    /// <summary>A born-again student before the last one.</summary>
    /// <param name="number">From 1.</param>
    public static string Generation(int number) => string.Create(CultureInfo.InvariantCulture, $"{GenerationPrefix}{number}");

    /// <summary>Whether a generation of some run may be called so.</summary>
    public static bool IsGeneration(string name) =>
        name.StartsWith(GenerationPrefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(GenerationPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
