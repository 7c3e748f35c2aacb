using Microsoft.Extensions.DependencyInjection;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.Transport.Tests.Replicas;

/// <summary>A student node's pool as a host builds it. Replicas oak and elm are elsewhere, ash is in the process.</summary>
internal sealed class PoolFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<TeacherLease> _leases = [];

    public PoolFixture()
    {
        Oak = new FakeReplica(Memory, "oak");
        Elm = new FakeReplica(Memory, "elm");
        Ash = new FakeReplica(Memory, "ash", "inproc");
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new TimerTime())
            .AddSingleton<ILineOpener>(new FakeOpener(Oak, Elm, Ash))
            .AddTeacherPool()
            .BuildServiceProvider();
        Pool = _services.GetRequiredService<TeacherPool>();
    }

    public CountedMemory Memory { get; } = new();

    public FakeReplica Oak { get; }

    public FakeReplica Elm { get; }

    public FakeReplica Ash { get; }

    public TeacherPool Pool { get; }

    public TeacherLease Share(
        FakeReplica replica,
        string name = "wood",
        string dataset = "data",
        TargetCodec? codec = null,
        Func<Lesson, ReadOnlyMemory<byte>>? inputs = null,
        ITeacherObserver? observer = null)
    {
        var lease = Pool.Share(
            new TeacherReplicas(name, Digest.Of("wood"u8), 1, 1, [replica.Endpoint]),
            Digest.Of(System.Text.Encoding.UTF8.GetBytes(dataset)),
            codec ?? new Fp32Codec(),
            inputs,
            observer ?? new ToldObserver());
        _leases.Add(lease);
        return lease;
    }

    /// <summary>Also sees to it that nothing is left.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var lease in _leases)
        {
            await lease.DisposeAsync();
        }

        await _services.DisposeAsync();
        (Memory.Bytes, Oak.OpenLines, Elm.OpenLines, Ash.OpenLines).ShouldBe((0, 0, 0, 0));
    }
}
