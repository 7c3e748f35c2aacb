using Akka.Actor;
using Stillhouse.Distillation.Serving;
using Stillhouse.Messages.Trials;

namespace Stillhouse.TeacherNode.Teaching;

/// <summary>A teacher that answers lessons until it is disposed.</summary>
/// <param name="Outcome">The weights that it serves, and how they came about.</param>
/// <param name="Address">Where it can be asked.</param>
/// <param name="Replica">What answers.</param>
/// <param name="Service">Its entry among the served teachers; disposing it ends open lines.</param>
public sealed record ServingTeacher(TrainedOutcome Outcome, Uri Address, Replica Replica, IDisposable Service)
    : IDisposable, INoSerializationVerificationNeeded
{
    public void Dispose()
    {
        Service.Dispose();
        Replica.Dispose();
    }
}
