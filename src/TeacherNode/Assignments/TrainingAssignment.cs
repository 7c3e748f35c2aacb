using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Trials;
using Stillhouse.TeacherNode.Teaching;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.TeacherNode.Assignments;

/// <summary>Train a teacher, or load its weights; then serve it.</summary>
internal sealed class TrainingAssignment(StartTeacher start, TeacherWorkshop workshop) : ITeacherAssignment
{
    public TrialId Trial => start.Trial;

    public TrialLease Lease => start.Lease;

    public async Task<AssignedTeacher> FulfilAsync(IProgress<TrialProgress> progress, CancellationToken cancellation)
    {
        var (teacher, outcome) = await workshop.PrepareAsync(start, progress, cancellation).ConfigureAwait(false);
        return new AssignedTeacher(teacher, endpoint => new TeacherServing(Trial, outcome, endpoint));
    }

    public ITrialMessage Failed(Exception cause, TrialLease lease) => new TrialFailed(Trial, lease, cause.Message);
}
