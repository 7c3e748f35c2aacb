using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Views;

/// <summary>How well each class is told, where that differs: a line for each class with its recall by ensemble, baseline and student.</summary>
internal static class RecallLines
{
    /// <summary>A commonest class so many times the rarest makes a dataset uneven; MNIST's is 1.24 times.</summary>
    private const double UnevenFrom = 2;

    /// <summary>A class that is right less often than this part of all samples is worth a look, whatever the data.</summary>
    private const double WeakBelow = 0.5;

    /// <summary>Whether the training split or the test split has many more samples of some classes than of others.</summary>
    public static bool AreClassesUneven(RunReport report) =>
        IsUneven(report.Dataset.TrainPerClass) || IsUneven(report.Dataset.TestPerClass);

    /// <summary>Nothing where classes are even and none is weak.</summary>
    public static IEnumerable<string> Of(RunReport report)
    {
        (string Name, Measurement Network)[] networks =
            [("ensemble", report.Ensemble), ("baseline", report.Baseline), ("student", report.Student)];
        var told = networks.Where(network => network.Network.Recall is not null).ToArray();
        if (told.Length == 0 || !(AreClassesUneven(report) || Array.Exists(told, network => HasWeakClass(network.Network))))
        {
            yield break;
        }

        yield return $"{"recall of class",-15} {"training",10}{string.Concat(told.Select(network => $"{network.Name,12}"))}";
        for (var label = 0; label < report.Dataset.Classes; label++)
        {
            var samples = report.Dataset.TrainPerClass is { } counts ? Words.Count(counts[label]) : "";
            yield return $"{label,15} {samples,10}{string.Concat(told.Select(network => $"{Share(network.Network.Recall![label]),12}"))}";
        }
    }

    /// <summary>A recall; a dash for a class without test samples.</summary>
    public static string Share(double? recall) => recall is { } share ? Words.Percent(share) : "-";

    private static bool IsUneven(IReadOnlyList<int>? perClass) =>
        perClass is { Count: > 0 } && perClass.Max() >= UnevenFrom * perClass.Min();

    private static bool HasWeakClass(Measurement network) => network.Recall!.Min() < WeakBelow * network.Accuracy;
}
