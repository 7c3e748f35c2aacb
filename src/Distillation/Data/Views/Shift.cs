using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Randomness;

namespace Stillhouse.Distillation.Data.Views;

/// <summary>
/// Moves a sample's pixels. With <c>z = SplitMix64.At(seed, epoch, sample)</c> and <c>n = 2·pixels + 1</c>, a sample moves
/// right by <c>⌊(z / 2³²)·n / 2³²⌋ - pixels</c> and down by <c>⌊(z mod 2³²)·n / 2³²⌋ - pixels</c>, so that every distance is
/// as likely as the other to within 2⁻³²·n. All channels move alike; what moves in is 0.
/// </summary>
internal static class Shift
{
    /// <summary>How far one sample moves.</summary>
    public static (int Right, int Down) Of(ShiftedView view, int sample)
    {
        var z = SplitMix64.At(view.Seed, view.Epoch, sample);
        var distances = (ulong)((2 * view.Pixels) + 1);
        return (Distance(z >> 32), Distance(z & uint.MaxValue));

        int Distance(ulong bits) => (int)((bits * distances) >> 32) - view.Pixels;
    }

    /// <param name="source">One sample, channel-major.</param>
    /// <param name="target">As many bytes; overwritten.</param>
    public static void Move(ReadOnlySpan<byte> source, Span<byte> target, SampleShape shape, (int Right, int Down) by)
    {
        target.Clear();
        var width = shape.Width - Math.Abs(by.Right);
        var height = shape.Height - Math.Abs(by.Down);
        if (width <= 0 || height <= 0)
        {
            return;
        }

        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var row = 0; row < height; row++)
            {
                var from = At(channel, row + Math.Max(0, -by.Down), Math.Max(0, -by.Right));
                var to = At(channel, row + Math.Max(0, by.Down), Math.Max(0, by.Right));
                source.Slice(from, width).CopyTo(target[to..]);
            }
        }

        int At(int channel, int row, int column) => (((channel * shape.Height) + row) * shape.Width) + column;
    }
}
