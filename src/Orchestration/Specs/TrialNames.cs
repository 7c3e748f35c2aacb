namespace Stillhouse.Orchestration.Specs;

/// <summary>Names of trials that every run has, and which no teacher may take.</summary>
public static class TrialNames
{
    public const string Student = "student";

    public const string Baseline = "baseline";

    public const string Evaluate = "evaluate";

    /// <summary>These, and the word that reports use for all teachers together.</summary>
    public static IReadOnlyList<string> Reserved { get; } = [Student, Baseline, Evaluate, "ensemble"];
}
