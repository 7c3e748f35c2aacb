using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Trials;
using Stillhouse.TeacherNode.Teaching;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.TeacherNode.Assignments;

/// <summary>Serve a teacher that has been trained already, here or elsewhere.</summary>
internal sealed class ReplicaAssignment(StartReplica start, string node, TeacherWorkshop workshop) : ITeacherAssignment
{
    public TrialId Trial => start.Trial;

    public TrialLease Lease { get; } = new(node, Number: 0);

    public async Task<AssignedTeacher> FulfilAsync(IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        var teacher = await workshop.LoadAsync(start.Work, cancellation).ConfigureAwait(false);
        return new AssignedTeacher(teacher, endpoint => new ReplicaServing(Trial, endpoint));
    }

    public ITrialMessage Failed(Exception cause, TrialLease lease) => new ReplicaFailed(Trial, node, cause.Message, Quarantined: cause is ProbeMismatchException);
}
