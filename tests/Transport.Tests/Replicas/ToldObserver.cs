using System.Threading.Channels;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.Transport.Tests.Replicas;

/// <summary>Writes down what it is told.</summary>
internal sealed class ToldObserver : ITeacherObserver
{
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();

    /// <summary>The next thing that begins with the given words; what comes before is passed over.</summary>
    public async Task<string> ToldAsync(string beginning)
    {
        while (true)
        {
            var told = await _told.Reader.ReadAsync(TestContext.Current.CancellationToken).OrFail();
            if (told.StartsWith(beginning, StringComparison.Ordinal))
            {
                return told;
            }
        }
    }

    /// <summary>Everything that it was told and that nobody has asked for.</summary>
    public IReadOnlyList<string> All()
    {
        var all = new List<string>();
        while (_told.Reader.TryRead(out var told))
        {
            all.Add(told);
        }

        return all;
    }

    public void Waiting(string teacher, string reason) => Write($"{teacher} waiting: {reason}");

    public void Resumed(string teacher) => Write($"{teacher} resumed");

    public void Failed(string teacher, ReplicaEndpoint replica, string reason) => Write($"{teacher} failed at {replica.Node}: {reason}");

    public void Refused(string teacher, ReplicaEndpoint replica, string reason) => Write($"{teacher} refused at {replica.Node}: {reason}");

    public void Quarantined(string teacher, ReplicaEndpoint replica, string reason) =>
        Write($"{teacher} quarantined at {replica.Node}: {reason}");

    private void Write(string told) => _told.Writer.TryWrite(told);
}
