using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class LessonMetricsTests
{
    [Fact]
    public async Task Set_CountsWhatBecomesOfLessons()
    {
        var measured = new ConcurrentDictionary<string, double>();
        await using var wood = new ReplicaFixture();
        using var listener = Listen(wood.Meters, measured);
        wood.Move(wood.Oak, wood.Elm);
        var answer = wood.AskAsync(0);
        await wood.Oak.AskedAsync();
        listener.RecordObservableInstruments();
        measured["stillhouse.lessons.in_flight"].ShouldBe(ReplicaFixture.LessonBytes);
        wood.Time.Advance(wood.Options.HedgeUntried);

        (await wood.Elm.AskedAsync()).Answer();
        await answer;
        wood.Move(wood.Elm);
        answer = wood.AskAsync(1);
        (await wood.Elm.AskedAsync()).Fail(new WrongAnswerException("NaN"));
        wood.Move(wood.Oak);
        (await wood.Oak.AskedAsync()).Answer();
        await answer;

        measured.Where(pair => !pair.Key.EndsWith("in_flight", StringComparison.Ordinal)).OrderBy(pair => pair.Key)
            .Select(pair => (pair.Key["stillhouse.lessons.".Length..], pair.Value))
            .ShouldBe(
            [
                ("answered", 2), ("asked", 4), ("failed", 1), ("hedged", 1), ("latency", 2),
                ("quarantined", 1), ("received", 2 * ReplicaFixture.LessonBytes),
            ]);
    }

    private static MeterListener Listen(IMeterFactory meters, ConcurrentDictionary<string, double> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, 1, (_, count) => count + 1));
        listener.Start();
        return listener;
    }
}
