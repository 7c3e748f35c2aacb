using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Teaching;

/// <summary>The teachers that this process serves, to students in it and, by gRPC, to others. Safe for any thread.</summary>
public sealed class ServedTeachers
{
    private readonly Lock _gate = new();
    private readonly List<ServedTeacher> _served = [];

    /// <summary>Serves a teacher until the result is disposed; lines to it that are open then are ended.</summary>
    public IDisposable Add(ILessonServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var served = new ServedTeacher(server, Withdraw);
        lock (_gate)
        {
            _served.Add(served);
        }

        return served;
    }

    internal IReadOnlyList<ServedTeacher> Find(Digest teacher)
    {
        lock (_gate)
        {
            return [.. _served.Where(served => served.Server.Teacher == teacher)];
        }
    }

    private void Withdraw(ServedTeacher served)
    {
        lock (_gate)
        {
            _served.Remove(served);
        }
    }
}
