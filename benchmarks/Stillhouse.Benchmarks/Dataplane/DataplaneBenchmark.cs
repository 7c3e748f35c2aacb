using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Benchmarks.Peers;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>Two processes on this machine, soft targets from one to the other.</summary>
internal static class DataplaneBenchmark
{
    public static Benchmark Entry { get; } = new(
        "dataplane", "MB/s of soft targets between two processes: ours, Akka.Remote, raw TCP; and pings beside it", RunAsync);

    private static async Task<ResultLine> RunAsync(Session session)
    {
        await using var peer = await PeerProcess.StartAsync(DataplanePeer.Kind, [], session.Cancellation);
        var address = DataplaneAddress.Read(peer.Address);
        using var bulk = Remoting.StartBulk("bulk-sink");
        using var control = Remoting.StartControl("control-sink");
        foreach (var size in FrameSize.All)
        {
            Throughput Meter() => new(session.Time, Flow.Duration(session.Quick));
            var scores = await Contest.PlayAsync(
                [
                    new("raw", cancellation => Task.Run(() => RawTcpSink.Measure(address.RawTcp, size, Meter()), cancellation)),
                    new("akka", _ => AkkaSide.DrainAsync(bulk, address.Bulk, size, Meter())),
                ],
                warmUps: 1,
                session.Rounds(5),
                session.Cancellation);
            session.Say($"{size.Label}: raw {scores["raw"].Show("0")} akka {scores["akka"].Show("0")}");
        }

        var pings = await AkkaSide.PingAsync(control, address.Control, 1000, session.Time);
        pings = await AkkaSide.PingAsync(control, address.Control, 1000, session.Time);
        session.Say($"ping {Percentile.Of(pings, 0.5):0.000} {Percentile.Of(pings, 0.99):0.000}");
        await bulk.Terminate();
        await control.Terminate();
        return new ResultLine("dataplane");
    }
}
