using Spectre.Console;
using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Benchmarks.Peers;
using static Stillhouse.Benchmarks.Dataplane.DataplaneSinks;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>Two processes on this machine, soft targets from one to the other.</summary>
internal static class DataplaneBenchmark
{
    public static Benchmark Entry { get; } = new(
        "dataplane", "MB/s of soft targets between two processes: ours, Akka.Remote, raw TCP; and pings beside it", RunAsync);

    private static async Task<ResultLine> RunAsync(Session session)
    {
        await using var peer = await PeerProcess.StartAsync(DataplanePeer.Kind, [], session.Cancellation);
        await using var sinks = new DataplaneSinks(DataplaneAddress.Read(peer.Address), session);
        var speeds = new Dictionary<FrameSize, Scores>();
        foreach (var size in FrameSize.All)
        {
            await using var line = await sinks.OpenLineAsync(size);
            speeds[size] = await Contest.PlayAsync(sinks.Contestants(line, size), warmUps: 1, session.Rounds(5), session.Cancellation);
        }

        session.Console.Write(Speeds(speeds));
        var pings = new PingBeside(sinks, session);
        var p99 = await pings.MeasureAsync();
        session.Console.Write(Pings(pings, p99));
        var reference = speeds[FrameSize.Reference];
        return new ResultLine(
            "dataplane",
            ("vs_akka_remote", reference.Ratio(Ours, Remote).Median),
            ("vs_raw_tcp", reference.Ratio(Ours, RawTcp).Median),
            ("ping_ratio", p99.Ratio(PingBeside.Loaded, PingBeside.Idle).Median));
    }

    private static Table Speeds(Dictionary<FrameSize, Scores> speeds)
    {
        var table = Tables.Create("frame", "ours MB/s", "Akka.Remote MB/s", "raw TCP MB/s", "ours / Akka.Remote", "ours / raw TCP");
        foreach (var (size, scores) in speeds)
        {
            table.AddRow(
                size.Label,
                scores[Ours].Show("0"),
                scores[Remote].Show("0"),
                scores[RawTcp].Show("0"),
                scores.Ratio(Ours, Remote).Show("0.0"),
                scores.Ratio(Ours, RawTcp).Show("0.00"));
        }

        return table;
    }

    private static Table Pings(PingBeside pings, Scores p99)
    {
        var table = Tables.Create("ping", "p50 ms", "p99 ms", "p99 / idle");
        foreach (var name in new[] { PingBeside.Idle, PingBeside.Loaded })
        {
            table.AddRow(
                name, pings.Median(name).Show("0.00"), p99[name].Show("0.00"), p99.Ratio(name, PingBeside.Idle).Show("0.0"));
        }

        return table;
    }
}
