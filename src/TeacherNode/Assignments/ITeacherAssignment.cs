using Akka.Actor;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.TeacherNode.Teaching;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.TeacherNode.Assignments;

/// <summary>What a node is to do for one teacher, and what the coordinator is told of its end.</summary>
public interface ITeacherAssignment
{
    TrialId Trial { get; }

    /// <summary>Puts the teacher into service.</summary>
    Task<AssignedTeacher> FulfilAsync(IProgress<TrialProgress> progress, CancellationToken cancellation);

    /// <summary>What the coordinator is told where that failed.</summary>
    ITrialMessage Failed(Exception cause);
}

/// <summary>A teacher in service.</summary>
/// <param name="Announce">What the coordinator is told, given where the teacher can be asked.</param>
public sealed record AssignedTeacher(ServingTeacher Teacher, Func<ReplicaEndpoint, ITrialMessage> Announce) : INoSerializationVerificationNeeded;
