namespace Stillhouse.Transport.Replicas;

/// <summary>Room for one open lesson at one replica. Disposing it makes room for the next.</summary>
internal sealed class Seat(SeatQueue queue, Question question, Replica replica, LiveLine line, long bytes) : IDisposable
{
    public Question Question => question;

    public Replica Replica => replica;

    public LiveLine Line => line;

    /// <summary>What the answer will weigh.</summary>
    public long Bytes => bytes;

    /// <summary>What the replica had open when the seat was taken, this lesson included.</summary>
    public long OpenBytes { get; } = replica.OpenBytes;

    /// <summary>The replica turned out to be slow, and another was asked as well.</summary>
    public bool IsSlow { get; set; }

    public void Dispose() => queue.Leave(this);
}
