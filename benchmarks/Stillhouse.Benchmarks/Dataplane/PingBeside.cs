using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Transport.Channels;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>The control plane while the data plane rests, and while it runs flat out in the same two processes.</summary>
internal sealed class PingBeside(DataplaneSinks sinks, Session session)
{
    public const string Idle = "idle";
    public const string Loaded = "data plane flat out";

    private const int WarmUps = 1;

    private readonly int _pings = session.Quick ? 50 : 1_000;
    private readonly Dictionary<string, List<double>> _medians = new() { [Idle] = [], [Loaded] = [] };

    /// <summary>The p50 of all rounds that count, in milliseconds.</summary>
    public Spread Median(string name) => Spread.Of(_medians[name].Skip(WarmUps));

    /// <returns>The p99 of every round, in milliseconds.</returns>
    public async Task<Scores> MeasureAsync()
    {
        await using var line = await sinks.OpenLineAsync(FrameSize.Reference);
        return await Contest.PlayAsync(
            [
                new(Idle, _ => PingAsync(Idle)),
                new(Loaded, cancellation => PingBesideFloodAsync(line, cancellation)),
            ],
            WarmUps,
            session.Rounds(5),
            session.Cancellation);
    }

    private async Task<double> PingBesideFloodAsync(ILessonLine line, CancellationToken cancellation)
    {
        var flood = new Throughput(session.Time, TimeSpan.MaxValue);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var flooding = new LessonSink(line, FrameSize.Reference).MeasureAsync(flood, stop.Token);
        var p99 = await PingAsync(Loaded);
        await stop.CancelAsync();
        try
        {
            await flooding;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The flood went on to the end.
        }

        return p99;
    }

    private async Task<double> PingAsync(string name)
    {
        var milliseconds = await sinks.PingAsync(_pings);
        _medians[name].Add(Percentile.Of(milliseconds, 0.5));
        return Percentile.Of(milliseconds, 0.99);
    }
}
