namespace Stillhouse.Messages.Reports;

/// <summary>
/// What one distill trial asked its teachers. Lessons are counted once per teacher and time that the trial asked for them,
/// forward passes in samples.
/// </summary>
/// <param name="ForwardsComputed">Samples that a teacher computed because this trial asked.</param>
/// <param name="ForwardsSaved">
/// Samples that it was given beyond those: what a training that asks its teachers in every step would have computed as well.
/// </param>
/// <param name="Hits">Where its lessons were answered.</param>
/// <param name="BytesReceived">Bytes of soft targets that came over the network because this trial asked.</param>
/// <param name="PeakBytesInFlight">The most bytes of soft targets that its node had asked for and not yet received, at any time.</param>
/// <param name="Replicas">Every replica that answered it, or was asked in vain.</param>
/// <param name="Quorum">Null where every teacher was waited for.</param>
public sealed record LessonsReport(
    long ForwardsComputed,
    long ForwardsSaved,
    HitsReport Hits,
    long BytesReceived,
    long PeakBytesInFlight,
    IReadOnlyList<ReplicaReport> Replicas,
    QuorumReport? Quorum)
{
    /// <summary>How old what was learnt of networks that learn as well was, by steps; null where teachers learn no more.</summary>
    public IReadOnlyList<StalenessReport>? Staleness { get; init; }

    /// <summary>What each teacher counted, where that was learnt; null where it was not.</summary>
    public IReadOnlyList<LearntWeight>? Weights { get; init; }
}

/// <summary>Batches that learnt from networks as they were some steps before.</summary>
/// <param name="Steps">How many steps before.</param>
/// <param name="Batches">How many batches.</param>
public sealed record StalenessReport(long Steps, long Batches);

/// <summary>Lessons by where their answers came from.</summary>
/// <param name="StudentMemory">The student node's store, in memory.</param>
/// <param name="StudentFile">The student node's store, on disk.</param>
/// <param name="StudentJoined">A question of another trial of the node that was under way.</param>
/// <param name="TeacherMemory">The teacher node's store, in memory.</param>
/// <param name="TeacherFile">The teacher node's store, on disk.</param>
/// <param name="TeacherJoined">A forward pass that was under way for somebody else.</param>
/// <param name="Computed">A forward pass of its own.</param>
public sealed record HitsReport(
    long StudentMemory,
    long StudentFile,
    long StudentJoined,
    long TeacherMemory,
    long TeacherFile,
    long TeacherJoined,
    long Computed);

/// <summary>One replica as seen from a student node, since the node first asked it.</summary>
/// <param name="Teacher">The teacher's name in the spec.</param>
/// <param name="Node">The node that the replica is on.</param>
/// <param name="Answers">Lessons that it answered.</param>
/// <param name="LatencyP50Milliseconds">Median time from a question to its whole answer; null without answers.</param>
/// <param name="LatencyP95Milliseconds">The 95th percentile of the same.</param>
/// <param name="LatencyP99Milliseconds">The 99th percentile of the same.</param>
/// <param name="Hedged">Lessons that another replica was asked as well because this one was slow.</param>
/// <param name="Failures">Lessons that it failed to answer and that were asked elsewhere.</param>
public sealed record ReplicaReport(
    string Teacher,
    string Node,
    long Answers,
    double? LatencyP50Milliseconds,
    double? LatencyP95Milliseconds,
    double? LatencyP99Milliseconds,
    long Hedged,
    long Failures);

/// <summary>Batches that went on without some teacher. The student is then no pure function of its spec.</summary>
/// <param name="Batches">How many batches there were.</param>
/// <param name="Incomplete">How many of them lacked a teacher.</param>
/// <param name="Missed">Which, in order.</param>
public sealed record QuorumReport(long Batches, long Incomplete, IReadOnlyList<MissedBatches> Missed);

/// <summary>Consecutive batches that lacked the same teachers.</summary>
/// <param name="First">The first batch, from 0.</param>
/// <param name="Last">The last one.</param>
/// <param name="Teachers">Who was late.</param>
public sealed record MissedBatches(long First, long Last, IReadOnlyList<string> Teachers);

/// <summary>A replica that was taken out of service because it answered wrongly.</summary>
/// <param name="Teacher">The teacher's name in the spec.</param>
/// <param name="Node">Where it was.</param>
/// <param name="Reason">What it answered.</param>
public sealed record QuarantineReport(string Teacher, string Node, string Reason);

/// <summary>What a teacher counted among the others.</summary>
/// <param name="Weight">Over all samples; of all teachers they add up to 1.</param>
/// <param name="ByClass">For samples that the teachers together take for a class; null where that makes no difference.</param>
public sealed record LearntWeight(string Teacher, double Weight, IReadOnlyList<double>? ByClass);
