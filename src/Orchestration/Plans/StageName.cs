namespace Stillhouse.Orchestration.Plans;

/// <summary>Names of the stages that every plan has; teachers cannot be called so.</summary>
public static class StageName
{
    public const string Baseline = "baseline";
    public const string Student = "student";
    public const string Evaluate = "evaluate";

    public static IReadOnlyList<string> Reserved { get; } = [Baseline, Student, Evaluate];
}
