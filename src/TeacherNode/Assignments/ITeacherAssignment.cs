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

    /// <summary>Under which the teacher is trained; a replica of one that has been trained has none of its own.</summary>
    TrialLease Lease { get; }

    /// <summary>Puts the teacher into service.</summary>
    Task<AssignedTeacher> FulfilAsync(IProgress<TrialProgress> progress, CancellationToken cancellation);

    /// <summary>What the coordinator is told where that failed.</summary>
    /// <param name="lease">The lease of the moment.</param>
    ITrialMessage Failed(Exception cause, TrialLease lease);
}

/// <summary>A teacher in service.</summary>
/// <param name="Announce">What the coordinator is told, given where the teacher can be asked.</param>
public sealed record AssignedTeacher(ServingTeacher Teacher, Func<ReplicaEndpoint, ITrialMessage> Announce) : INoSerializationVerificationNeeded;
