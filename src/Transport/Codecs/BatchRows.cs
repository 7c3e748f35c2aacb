using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Codecs;

/// <summary>Where the rows of a batch are: sample i is row <c>rows[i]</c> of <c>blocks[places[i]]</c>.</summary>
public sealed class BatchRows : IDisposable
{
    private readonly EncodedTargets[] _blocks;
    private readonly int[] _places;
    private readonly int[] _rows;
    private readonly int _rowBytes;

    /// <param name="blocks">At least one, all of one codec and width; owned from now on.</param>
    /// <param name="places">For every sample the block that it is in.</param>
    /// <param name="rows">For every sample its row in that block.</param>
    public BatchRows(EncodedTargets[] blocks, int[] places, int[] rows)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        (_blocks, _places, _rows) = (blocks, places, rows);
        Width = blocks[0].Width;
        _rowBytes = blocks[0].Codec.RowBytes(Width);
    }

    /// <summary>Samples in the batch.</summary>
    public int Count => _rows.Length;

    /// <summary>Values per sample.</summary>
    public int Width { get; }

    /// <summary>The encoded row of a sample of the batch.</summary>
    public ReadOnlySpan<byte> this[int sample] =>
        _blocks[_places[sample]].Bytes.Slice(_rows[sample] * _rowBytes, _rowBytes);

    public void Dispose()
    {
        foreach (var block in _blocks)
        {
            block.Dispose();
        }
    }
}
