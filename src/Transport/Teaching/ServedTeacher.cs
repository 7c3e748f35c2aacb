using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Teaching;

/// <summary>A teacher from its admission to <see cref="ServedTeachers"/> to its withdrawal, which is its disposal.</summary>
internal sealed class ServedTeacher : IDisposable
{
    private readonly CancellationTokenSource _withdrawal = new();
    private readonly Action<ServedTeacher> _withdraw;

    public ServedTeacher(ILessonServer server, Action<ServedTeacher> withdraw) =>
        (Server, _withdraw, Withdrawn) = (server, withdraw, _withdrawal.Token);

    public ILessonServer Server { get; }

    /// <summary>Fires when the teacher is served no longer.</summary>
    public CancellationToken Withdrawn { get; }

    public void Dispose()
    {
        _withdraw(this);
        _withdrawal.Cancel();
    }
}
