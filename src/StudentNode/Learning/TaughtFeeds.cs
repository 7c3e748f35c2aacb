using Microsoft.Extensions.Options;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Data.Views;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Feeds;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.StudentNode.Learning;

/// <summary>Connects a trial to all its teachers.</summary>
public sealed class TaughtFeeds(TeacherPool pool, IOptions<LessonFeedOptions> options, LessonMetrics metrics, TimeProvider time)
{
    /// <summary>A feed that begins to ask every teacher for the batches at once.</summary>
    /// <param name="blocks">The lessons of the split that the batches are from.</param>
    /// <param name="codec">How targets are encoded.</param>
    /// <param name="quorum">When to go on without late teachers; null for never.</param>
    public TaughtFeed Open(
        ITaughtWork work,
        Dataset dataset,
        CanonicalBlocks blocks,
        IEnumerable<Batch> batches,
        TargetCodec codec,
        QuorumSpec? quorum,
        TeacherRoster roster)
    {
        Func<Lesson, ReadOnlyMemory<byte>>? inputs =
            work.Distillation.Inputs == InputsName.Shipped ? lesson => ViewedPixels.Of(dataset, lesson) : null;
        var leases = Lease(work, dataset, codec, inputs, roster);
        var terms = new FeedTerms(Teachers(work, dataset, codec, leases), codec, blocks, quorum);
        return new TaughtFeed(new LessonFeed(terms, batches, options.Value, metrics, time), pool, leases, roster, replica => replica);
    }

    /// <summary>A feed of what networks that learn beside this one make of its batches.</summary>
    /// <param name="own">Where others reach this node: what it serves itself is handed over within the process.</param>
    public TaughtFeed OpenLive(PeerWork work, Dataset dataset, IEnumerable<LiveBatch> batches, TeacherRoster roster, Uri own)
    {
        var codec = TargetCodecs.Of(work.Distillation.Codec);
        ReplicaEndpoint Locate(ReplicaEndpoint replica) => replica.Address == own ? replica.InProcess() : replica;
        var located = work.Teachers.Select(teacher => teacher with { Replicas = [.. teacher.Replicas.Select(Locate)] });
        var leases = Lease(work with { Teachers = [.. located] }, dataset, codec, inputs: null, roster);
        var feed = new LiveFeed(Teachers(work, dataset, codec, leases), codec, batches, TimeSpan.FromSeconds(work.Exchange.Deadline), time);
        return new TaughtFeed(feed, pool, leases, roster, Locate);
    }

    private TeacherLease[] Lease(
        ITaughtWork work, Dataset dataset, TargetCodec codec, Func<Lesson, ReadOnlyMemory<byte>>? inputs, TeacherRoster roster) =>
        [.. work.Teachers.Select(teacher => pool.Share(teacher, dataset.Digest, codec, inputs, roster.Observer))];

    private static IReadOnlyList<FeedTeacher> Teachers(
        ITaughtWork work, Dataset dataset, TargetCodec codec, IEnumerable<TeacherLease> leases) =>
    [
        .. work.Teachers.Zip(leases, (teacher, lease) => new FeedTeacher(
            lease.Teacher, lease, dataset.Classes + teacher.Features.Where(feature => codec.Features.Contains(feature.Name)).Sum(feature => feature.Size))),
    ];
}
