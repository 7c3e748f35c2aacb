using System.Text.Json;
using Akka.Actor;
using Stillhouse.Benchmarks.Peers;
using Stillhouse.Benchmarks.Teaching;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>The process that sends: all contestants and the other end of the control plane.</summary>
internal sealed class DataplanePeer : IPeer
{
    public const string Kind = "dataplane";

    private const long StoreBytes = 256 << 20;

    private readonly RawTcpSource _raw = new();
    private readonly ActorSystem _bulk = Remoting.StartBulk("bulk-source");
    private readonly ActorSystem _control = Remoting.StartControl("control-source");
    private readonly TeachingServer _teaching;

    private DataplanePeer(TeachingServer teaching)
    {
        _teaching = teaching;
        foreach (var size in FrameSize.All)
        {
            _bulk.ActorOf(FrameSource.Props(size), FrameSource.NameFor(size));
        }

        _control.ActorOf(Props.Create<Echo>(), Echo.Name);
    }

    public string Address =>
        new DataplaneAddress(_raw.Port, Remoting.AddressOf(_bulk), Remoting.AddressOf(_control), _teaching.Address).Write();

    public static async Task<IPeer> StartAsync() =>
        new DataplanePeer(await TeachingServer.StartAsync(FrameSize.All.Select(size => new BlockTeacher(size)), StoreBytes));

    public string Answer(string question) =>
        throw new ArgumentException($"A dataplane peer does not know about {question}.", nameof(question));

    public async ValueTask DisposeAsync()
    {
        _raw.Dispose();
        await _teaching.DisposeAsync();
        await _bulk.Terminate();
        await _control.Terminate();
    }
}

/// <summary>Where the sending process can be reached.</summary>
internal sealed record DataplaneAddress(int RawTcp, string Bulk, string Control, Uri Teaching)
{
    public static DataplaneAddress Read(string line) => JsonSerializer.Deserialize<DataplaneAddress>(line)!;

    public string Write() => JsonSerializer.Serialize(this);
}
