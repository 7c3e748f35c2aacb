using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Randomness;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Training;

/// <summary>The samples of a split that a training meets: every one once an epoch, or drawn so that classes are even.</summary>
public sealed class ChosenSamples
{
    private readonly int[] _ids;
    private readonly int[][]? _idsByClass;

    /// <param name="spec">Null for all samples.</param>
    /// <param name="labels">Of the whole split.</param>
    /// <exception cref="ArgumentException">No sample is chosen.</exception>
    public ChosenSamples(SamplesSpec? spec, ReadOnlyMemory<byte> labels)
    {
        var all = Enumerable.Range(0, labels.Length);
        if (spec is null)
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
    }

    /// <summary>Samples that an epoch meets.</summary>
    public int Count => _ids.Length;

    /// <summary>
    /// The sample ids of one epoch in ascending order, an id as often as it is met. Where classes are balanced each is a draw of
    /// its own: a class, each that has samples as likely as the other, then one of its samples.
    /// </summary>
    public int[] Epoch(int epoch, long seed)
    {
        if (_idsByClass is null)
        {
            return _ids;
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

    private static int[] First(double share, int[] ids) => ids[..Math.Max(1, (int)Math.Round(ids.Length * share))];
}
