using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Teaching;

/// <summary>A teacher from its admission to <see cref="ServedTeachers"/> to its withdrawal, which is its disposal.</summary>
internal sealed class ServedTeacher : IDisposable
{
    private readonly CancellationTokenSource _withdrawal = new();
    private readonly Action<ServedTeacher> _withdraw;
    private int _streams;

    public ServedTeacher(ILessonServer server, Action<ServedTeacher> withdraw) =>
        (Server, _withdraw, Withdrawn) = (server, withdraw, _withdrawal.Token);

    public ILessonServer Server { get; }

    /// <summary>Fires when the teacher is served no longer.</summary>
    public CancellationToken Withdrawn { get; }

    /// <summary>Counts one more stream; false if there are as many as <paramref name="limit"/> allows.</summary>
    public bool TryEnter(int limit)
    {
        if (Interlocked.Increment(ref _streams) <= limit)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _streams);

    public void Dispose()
    {
        _withdraw(this);
        _withdrawal.Cancel();
    }
}
