namespace Stillhouse.Orchestration.Sweeps;

/// <summary>What a sweep found, among its finished trials.</summary>
public static class SweepResults
{
    /// <summary>The best trial by the first objective, of equals the one with the lowest number; null where none has finished.</summary>
    public static SweepTrial? Best(SweepHistory history, IReadOnlyList<Objective> objectives) =>
        Finished(history).MinBy(trial => (objectives[0].Cost(trial.Objectives[0]), trial.Number));

    /// <summary>
    /// The trials that no other dominates, by number. One dominates another where it is as good in every objective and
    /// better in one; so equals stand side by side. O(n log n + n · front).
    /// </summary>
    public static IReadOnlyList<SweepTrial> ParetoFront(SweepHistory history, IReadOnlyList<Objective> objectives)
    {
        var front = new List<(SweepTrial Trial, double[] Costs)>();
        var candidates = Finished(history).Select(trial => (Trial: trial, Costs: Costs(trial, objectives)));

        // In lexicographic order only one that came before can dominate.
        foreach (var candidate in candidates.Order(Comparer<(SweepTrial Trial, double[] Costs)>.Create((a, b) => Compare(a.Costs, b.Costs))))
        {
            if (!front.Exists(member => Dominates(member.Costs, candidate.Costs)))
            {
                front.Add(candidate);
            }
        }

        return [.. front.Select(member => member.Trial).OrderBy(trial => trial.Number)];
    }

    private static IEnumerable<SweepTrial> Finished(SweepHistory history) =>
        history.Trials.Where(trial => trial.State == SweepTrialState.Finished);

    private static double[] Costs(SweepTrial trial, IReadOnlyList<Objective> objectives) =>
        [.. objectives.Zip(trial.Objectives, (objective, value) => objective.Cost(value))];

    private static int Compare(double[] a, double[] b) =>
        a.Zip(b, (left, right) => left.CompareTo(right)).FirstOrDefault(order => order != 0);

    private static bool Dominates(double[] a, double[] b) =>
        a.Zip(b).All(pair => pair.First <= pair.Second) && a.Zip(b).Any(pair => pair.First < pair.Second);
}
