using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Randomness;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Training;

/// <summary>
/// The samples of a split that a training meets: every one once an epoch, or drawn so that classes are even. Those without labels are
/// met where the training asks for them.
/// </summary>
public sealed class ChosenSamples
{
    private readonly int[] _ids;
    private readonly int[][]? _idsByClass;

    /// <param name="spec">Null for all samples that have a label.</param>
    /// <param name="labels">Of the whole split, as far as it has labels.</param>
    /// <param name="unlabelled">How many samples without labels follow.</param>
    /// <exception cref="ArgumentException">No sample is chosen.</exception>
    public ChosenSamples(SamplesSpec? spec, ReadOnlyMemory<byte> labels, int unlabelled = 0)
    {
        var all = Enumerable.Range(0, labels.Length + (spec?.Unlabelled == UnlabelledName.Met ? unlabelled : 0));
        if (spec is null || spec.Unlabelled == UnlabelledName.Met)
        {
            _ids = [.. all];
        }
        else
        {
            var chosen = all.GroupBy(id => labels.Span[id])
                .Where(ids => spec.Classes?.Contains(ids.Key) ?? true)
                .OrderBy(ids => ids.Key)
                .Select(ids => First(spec.Share, [.. ids]))
                .ToArray();
            _ids = [.. chosen.SelectMany(ids => ids).Order()];
            _idsByClass = spec.Balanced ? chosen : null;
        }

        if (_ids.Length == 0)
        {
            throw new ArgumentException("No training sample has one of the classes of 'samples'.", nameof(spec));
        }

        Count = _ids.Length + (spec?.Unlabelled == UnlabelledName.Replaced ? unlabelled : 0);
    }

    /// <summary>Samples that an epoch meets.</summary>
    public int Count { get; }

    /// <summary>
    /// The sample ids of one epoch in ascending order, an id as often as it is met. Where classes are balanced each is a draw of
    /// its own: a class, each that has samples as likely as the other, then one of its samples. Where there are fewer ids than an epoch
    /// meets, it goes on where the epoch before left off, and begins anew after the last one.
    /// </summary>
    public int[] Epoch(int epoch, long seed)
    {
        if (_idsByClass is null)
        {
            return Count == _ids.Length ? _ids : Again((long)epoch * Count);
        }

        var random = new SplitMix64(Seeds.Derive(seed, $"draws {epoch}"));
        var drawn = new int[Count];
        for (var draw = 0; draw < drawn.Length; draw++)
        {
            var ids = _idsByClass[random.Below(_idsByClass.Length)];
            drawn[draw] = ids[random.Below(ids.Length)];
        }

        Array.Sort(drawn);
        return drawn;
    }

    private int[] Again(long met)
    {
        var ids = new int[Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = _ids[(met + i) % _ids.Length];
        }

        Array.Sort(ids);
        return ids;
    }

    private static int[] First(double share, int[] ids) => ids[..Math.Max(1, (int)Math.Round(ids.Length * share))];
}
