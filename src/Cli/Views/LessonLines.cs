using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Views;

/// <summary>What the lessons of a run cost, and what went wrong with those who gave them.</summary>
internal static class LessonLines
{
    public static IEnumerable<string> Of(RunReport report)
    {
        var lessons = report.Lessons;
        yield return report.Sweep is { } sweep
            ? $"{Forwards(sweep.ForwardsComputed, sweep.ForwardsSaved)}, all trials that finished together"
            : Forwards(lessons.ForwardsComputed, lessons.ForwardsSaved);
        if (lessons.BytesReceived > 0)
        {
            yield return $"soft targets: {Words.Bytes(lessons.BytesReceived)} received, at most {Words.Bytes(lessons.PeakBytesInFlight)} in flight";
        }

        if (lessons.Weights is { } weights)
        {
            yield return $"learnt weights: {string.Join(", ", weights.Select(teacher => $"{teacher.Teacher} {Words.Percent(teacher.Weight)}"))}";
        }

        if (lessons.Staleness is { Count: > 0 } ages && ages[^1].Steps > 0)
        {
            var batches = ages.Sum(age => age.Batches);
            yield return $"learnt from networks {Words.Count(ages[0].Steps)} to {Words.Count(ages[^1].Steps)} steps old, "
                + $"{Words.Count((double)ages.Sum(age => age.Steps * age.Batches) / batches)} on average";
        }

        foreach (var replica in lessons.Replicas.Where(replica => replica.Failures > 0 || replica.Hedged > 0))
        {
            yield return $"{replica.Teacher} on {replica.Node}: {Words.Count(replica.Failures)} lessons asked elsewhere because it failed, "
                + $"{Words.Count(replica.Hedged)} because it was slow";
        }

        foreach (var replica in report.Quarantined)
        {
            yield return $"quarantined {replica.Teacher} on {replica.Node}: {replica.Reason}";
        }

        if (lessons.Quorum is { } quorum)
        {
            yield return $"quorum: {Words.Count(quorum.Incomplete)} of {Words.Count(quorum.Batches)} batches went on without some teacher; "
                + "the same spec need not give the same student again";
        }
    }

    private static string Forwards(long computed, long saved) =>
        $"teachers computed {Words.Count(computed)} samples and were spared {Words.Count(saved)}"
        + (computed + saved > 0 ? $" ({Words.Percent((double)saved / (computed + saved))})" : "");
}
