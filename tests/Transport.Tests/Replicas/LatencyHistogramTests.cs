using CsCheck;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentile_WithoutMeasurements_IsUnknown() => new LatencyHistogram().Percentile(0.5).ShouldBeNull();

    [Fact]
    public void Percentile_IsNeverUnderstatedAndOverstatedByAtMostATwentyNinth() =>
        Gen.Select(Gen.Long[0, 100_000_000].Array[1, 200], Gen.Double[0.01, 1]).Sample((microseconds, share) =>
        {
            var histogram = new LatencyHistogram();
            Array.ForEach(microseconds, duration => histogram.Add(TimeSpan.FromMicroseconds(duration)));
            Array.Sort(microseconds);
            var exact = microseconds[Math.Max(1, (int)Math.Ceiling(share * microseconds.Length)) - 1];

            var found = (long)histogram.Percentile(share)!.Value.TotalMicroseconds;

            return found >= exact && found - exact <= exact / 29;
        });

    [Fact]
    public void Add_OfWhatNoLessonTakes_IsCountedAtTheEnds()
    {
        var histogram = new LatencyHistogram();

        histogram.Add(TimeSpan.FromSeconds(-1));
        histogram.Add(TimeSpan.MaxValue);

        histogram.Count.ShouldBe(2);
        histogram.Percentile(0.5).ShouldBe(TimeSpan.Zero);
        histogram.Percentile(1)!.Value.TotalHours.ShouldBeInRange(19, 20);
    }
}
