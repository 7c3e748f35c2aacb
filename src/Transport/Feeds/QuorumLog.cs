using Stillhouse.Messages.Reports;

namespace Stillhouse.Transport.Feeds;

/// <summary>Which batches went on without which teachers.</summary>
internal sealed class QuorumLog
{
    private readonly List<MissedBatches> _missed = [];
    private long _batches;
    private long _incomplete;

    public QuorumReport Report => new(_batches, _incomplete, [.. _missed]);

    /// <summary>Writes down a batch; they come in order.</summary>
    /// <param name="late">Who was not waited for, in the order of the teachers.</param>
    public void Add(long batch, IReadOnlyList<string> late)
    {
        _batches++;
        if (late.Count == 0)
        {
            return;
        }

        _incomplete++;
        if (_missed is [.., var last] && last.Last == batch - 1 && last.Teachers.SequenceEqual(late))
        {
            _missed[^1] = last with { Last = batch };
        }
        else
        {
            _missed.Add(new MissedBatches(batch, batch, late));
        }
    }
}
