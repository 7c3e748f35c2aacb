using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>This process's ends of everything that is compared.</summary>
internal sealed class DataplaneSinks(DataplaneAddress peer, Session session) : IAsyncDisposable
{
    public const string Ours = "ours";
    public const string Remote = "Akka.Remote";
    public const string RawTcp = "raw TCP";

    private readonly ActorSystem _bulk = Remoting.StartBulk("bulk-sink");
    private readonly ActorSystem _control = Remoting.StartControl("control-sink");
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddLessonLines().BuildServiceProvider();

    /// <summary>One line of ours, with the product's own options.</summary>
    public Task<ILessonLine> OpenLineAsync(FrameSize size) =>
        _services.GetRequiredService<ILineOpener>().OpenAsync(
            new ReplicaEndpoint("peer", peer.Teaching),
            new LineAgreement(size.Label, BlockTeacher.TeacherOf(size), BlockTeacher.Data, new Fp32Codec(), ShipsInputs: false),
            session.Cancellation);

    /// <summary>Megabytes of soft targets per second, each way for a second.</summary>
    public IReadOnlyList<Contestant> Contestants(ILessonLine line, FrameSize size) =>
    [
        new(Ours, cancellation => new LessonSink(line, size).MeasureAsync(Meter(), cancellation)),
        new(Remote, _ => AkkaSide.DrainAsync(_bulk, peer.Bulk, size, Meter())),
        new(RawTcp, cancellation => Task.Run(() => RawTcpSink.Measure(peer.RawTcp, size, Meter()), cancellation)),
    ];

    /// <returns>The round trip of every ping over the control plane, in milliseconds.</returns>
    public Task<IReadOnlyList<double>> PingAsync(int pings) => AkkaSide.PingAsync(_control, peer.Control, pings, session.Time);

    public async ValueTask DisposeAsync()
    {
        await _bulk.Terminate();
        await _control.Terminate();
        await _services.DisposeAsync();
    }

    private Throughput Meter() => new(session.Time, Flow.Duration(session.Quick));
}
