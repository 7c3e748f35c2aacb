using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Teaching;

/// <summary>
/// The teachers that this process serves, to students in it and, by gRPC, to others. All answers pass through one store, so
/// that no lesson is computed twice, whoever asks. Safe for any thread.
/// </summary>
/// <param name="store">Stays the caller's.</param>
public sealed class ServedTeachers(TargetStore store)
{
    private readonly Lock _gate = new();
    private readonly List<ServedTeacher> _served = [];

    internal TargetStore Store => store;

    /// <summary>Serves a teacher until the result is disposed; lines to it that are open then are ended.</summary>
    /// <param name="server">Stays the caller's, who keeps it until the result has been disposed.</param>
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
