using Stillhouse.Distillation.Serving;

namespace Stillhouse.TeacherNode.Teaching;

/// <summary>A teacher that answers lessons until it is disposed.</summary>
/// <param name="Address">Where it can be asked.</param>
/// <param name="Replica">What answers.</param>
/// <param name="Service">Its entry among the served teachers; disposing it ends open lines.</param>
public sealed record ServingTeacher(Uri Address, Replica Replica, IDisposable Service) : IDisposable
{
    public void Dispose()
    {
        Service.Dispose();
        Replica.Dispose();
    }
}
