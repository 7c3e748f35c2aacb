using System.Globalization;
using Stillhouse.Benchmarks.Peers;
using Stillhouse.Messages.Teachers;

namespace Stillhouse.Benchmarks.Teaching;

/// <summary>One teacher on several machines, each a process of its own.</summary>
internal sealed class RemoteTeacher : IAsyncDisposable
{
    private readonly List<PeerProcess> _machines = [];

    private RemoteTeacher()
    {
    }

    /// <summary>As a student node is told.</summary>
    public TeacherReplicas Replicas { get; private set; } = null!;

    /// <param name="storeBytes">What each machine may keep of its answers.</param>
    public static async Task<RemoteTeacher> StartAsync(TeacherTable table, int machines, long storeBytes, CancellationToken cancellation)
    {
        var teacher = new RemoteTeacher();
        try
        {
            for (var machine = 0; machine < machines; machine++)
            {
                teacher._machines.Add(await PeerProcess.StartAsync(TeachingPeer.Kind, [table.Write(), $"{storeBytes}"], cancellation));
            }
        }
        catch
        {
            await teacher.DisposeAsync();
            throw;
        }

        var replicas = teacher._machines.Select((machine, index) => new ReplicaEndpoint($"machine {index + 1}", new Uri(machine.Address)));
        teacher.Replicas = new TeacherReplicas("teacher", table.Teacher, Parameters: 0, EnsembleWeight: 1, [.. replicas]);
        return teacher;
    }

    /// <summary>Samples that were computed so far.</summary>
    public Task<long> ForwardsAsync(CancellationToken cancellation) => SumAsync(TeachingPeer.Forwards, cancellation);

    /// <summary>What has crossed the connections that are open now, in both directions, protocols included.</summary>
    public Task<long> BytesOnTheWireAsync(CancellationToken cancellation) => SumAsync(TeachingPeer.BytesOnTheWire, cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines)
        {
            await machine.DisposeAsync();
        }
    }

    private async Task<long> SumAsync(string question, CancellationToken cancellation)
    {
        var sum = 0L;
        foreach (var machine in _machines)
        {
            sum += long.Parse(await machine.AskAsync(question, cancellation), CultureInfo.InvariantCulture);
        }

        return sum;
    }
}
