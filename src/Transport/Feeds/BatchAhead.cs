using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Transport.Feeds;

/// <summary>A batch that has not been taken, and the lessons that it needs.</summary>
/// <param name="Leases">In the order of <see cref="BatchCover.Blocks"/>.</param>
internal sealed record BatchAhead(Batch Batch, BatchCover Cover, BlockLease[] Leases)
{
    /// <summary>Ends when the teacher has answered all the lessons.</summary>
    public Task CompleteAsync(int teacher) =>
        HasAllOf(teacher) ? Task.CompletedTask : Task.WhenAll(Leases.Select(lease => lease.Answers[teacher]));

    /// <summary>The targets of a teacher that has answered all the lessons. The caller disposes them.</summary>
    public BatchTargets Open(int teacher, TargetCodec codec) => codec.Open(
        new BatchRows([.. Leases.Select(lease => lease.Answers[teacher].Result.Share())], Cover.Places, Cover.Rows));

    private bool HasAllOf(int teacher) => Array.TrueForAll(Leases, lease => lease.Answers[teacher].IsCompletedSuccessfully);
}
