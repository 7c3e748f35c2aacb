using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;

namespace Stillhouse.Transport.Feeds;

/// <summary>A feed that says what it has handed out.</summary>
public interface ILessonDelivery : ILessonFeed, IAsyncDisposable
{
    /// <summary>Samples that were taken so far, once for each teacher.</summary>
    long Delivered { get; }

    /// <summary>Which batches went on without some teacher; null where every teacher is waited for.</summary>
    QuorumReport? Quorum { get; }
}
