using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Flow;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Replicas;

/// <summary>
/// The teachers that a student node asks. All its trials that need the same teacher about the same dataset in the same codec
/// share one line to each replica, and what comes over it. Safe for any thread.
/// </summary>
/// <param name="store">The student side's; not the one that teachers of this process answer from.</param>
public sealed class TeacherPool(
    ILineOpener opener,
    TargetStore store,
    ByteBudget budget,
    IOptions<ReplicaOptions> options,
    LessonMetrics metrics,
    ILogger<TeacherPool> logger,
    TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Digest Teacher, Digest Dataset, string Codec, bool ShipsInputs), SharedTeacher> _shared = [];
    private readonly ReplicaLog _log = new(logger);

    /// <summary>A part in a teacher, whose lines are opened if they are not; nothing waits for that.</summary>
    /// <param name="dataset">What sample ids refer to.</param>
    /// <param name="inputs">
    /// Gives a lesson's samples as its view shows them, where they are to be sent along; null where teachers read the dataset.
    /// </param>
    /// <param name="observer">Hears what becomes of the replicas until the lease is disposed.</param>
    public TeacherLease Share(
        TeacherReplicas teacher,
        Digest dataset,
        TargetCodec codec,
        Func<Lesson, ReadOnlyMemory<byte>>? inputs,
        ITeacherObserver observer)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(observer);
        var key = (teacher.Artifact, dataset, codec.Name, inputs is not null);
        lock (_gate)
        {
            if (!_shared.TryGetValue(key, out var shared))
            {
                var agreement = new LineAgreement(teacher.Name, teacher.Artifact, dataset, codec, inputs is not null);
                _shared[key] = shared = new SharedTeacher(agreement, SetOf(agreement, inputs), store);
            }

            var lease = new TeacherLease(this, shared, teacher.Name, observer);
            shared.Join(lease, teacher.Replicas);
            return lease;
        }
    }

    /// <summary>What a trial asked; to be read before its leases are disposed.</summary>
    /// <param name="delivered">Samples that the trial's feed has delivered, once for each teacher.</param>
    /// <param name="quorum">From the trial's feed.</param>
    public LessonsReport Report(IReadOnlyList<TeacherLease> teachers, long delivered, QuorumReport? quorum)
    {
        var count = teachers.Aggregate(LessonCount.None, (sum, teacher) => sum + teacher.Count);
        return new LessonsReport(
            count.Computed,
            Math.Max(0, delivered - count.Computed),
            count.Hits,
            count.Received,
            budget.Peak,
            [.. teachers.SelectMany(teacher => teacher.Replicas)],
            quorum);
    }

    internal void Move(TeacherLease lease, IReadOnlyList<ReplicaEndpoint> replicas)
    {
        lock (_gate)
        {
            lease.Shared.Move(lease, replicas);
        }
    }

    internal ValueTask LeaveAsync(TeacherLease lease)
    {
        var shared = lease.Shared;
        lock (_gate)
        {
            if (!shared.Leave(lease) || !shared.IsDeserted)
            {
                return ValueTask.CompletedTask;
            }

            var agreement = shared.Agreement;
            _shared.Remove((agreement.Teacher, agreement.Dataset, agreement.Codec.Name, agreement.ShipsInputs));
        }

        return shared.Replicas.DisposeAsync();
    }

    private ReplicaSet SetOf(LineAgreement agreement, Func<Lesson, ReadOnlyMemory<byte>>? inputs)
    {
        var replicas = new ReplicaSet(agreement, inputs ?? (_ => default), opener, budget, options.Value, metrics, time);
        replicas.Observers.Add(agreement.TeacherName, _log);
        return replicas;
    }
}
