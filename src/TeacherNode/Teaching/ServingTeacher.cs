using Akka.Actor;
using Stillhouse.Messages.Trials;

namespace Stillhouse.TeacherNode.Teaching;

/// <summary>A teacher that answers lessons until it is disposed.</summary>
/// <param name="Outcome">The weights that it serves, and how they came about.</param>
/// <param name="Address">Where it can be asked.</param>
/// <param name="Close">Ends its service and frees its memory.</param>
public sealed record ServingTeacher(TrainedOutcome Outcome, Uri Address, Action Close) : IDisposable, INoSerializationVerificationNeeded
{
    public void Dispose() => Close();
}
