using CsCheck;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Data.Views;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Distillation.Tests.Data.Views;

public class ViewedPixelsTests
{
    /// <summary>Two channels of 2 rows and 3 columns.</summary>
    private static readonly SampleShape Shape = new(2, 2, 3);

    private static readonly byte[] Sample = [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16];

    [Theory]
    [InlineData(0, 0, new byte[] { 1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16 })]
    [InlineData(1, 0, new byte[] { 0, 1, 2, 0, 4, 5, 0, 11, 12, 0, 14, 15 })]
    [InlineData(-2, 0, new byte[] { 3, 0, 0, 6, 0, 0, 13, 0, 0, 16, 0, 0 })]
    [InlineData(0, 1, new byte[] { 0, 0, 0, 1, 2, 3, 0, 0, 0, 11, 12, 13 })]
    [InlineData(1, -1, new byte[] { 0, 4, 5, 0, 0, 0, 0, 14, 15, 0, 0, 0 })]
    [InlineData(3, 0, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Move_AnyDistance_MovesAllChannelsAlikeOverBlack(int right, int down, byte[] expected)
    {
        var target = new byte[12];
        Array.Fill(target, (byte)99);

        Shift.Move(Sample, target, Shape, (right, down));

        target.ShouldBe(expected);
    }

    [Fact]
    public void Of_ManySamples_MovesEachByEveryDistanceAlikeOften()
    {
        var view = new ShiftedView(2, Seed: 7, Epoch: 3);
        var moves = Enumerable.Range(0, 25_000).Select(sample => Shift.Of(view, sample)).CountBy(move => move).ToDictionary();

        moves.Keys.Order().ShouldBe(from right in Enumerable.Range(-2, 5) from down in Enumerable.Range(-2, 5) select (right, down));
        // 1,000 each are expected, with a standard deviation of 31.
        moves.Values.ShouldAllBe(count => count > 845 && count < 1_155);
    }

    [Fact]
    public void Of_TheSameSampleSeedAndEpoch_IsTheSameForEver()
    {
        Shift.Of(new ShiftedView(2, 1, 0), 0).ShouldBe((0, -2));
        Shift.Of(new ShiftedView(2, 1, 1), 0).ShouldBe((2, 0));
        Shift.Of(new ShiftedView(5, -8, 40), 123_456).ShouldBe((0, 5));
    }

    [Fact]
    public void Write_AnyIds_ShowsASampleAlikeWhereverItStands() =>
        Gen.Select(Gen.Int[0, 59].Array[1, 20], Gen.Long, Gen.Int[0, 5]).Sample((ids, seed, epoch) =>
        {
            var data = TinyData.Create();
            var view = new ShiftedView(2, seed, epoch);
            var whole = ViewedPixels.Of(data, new Lesson(Split.Train, view, new SampleRange(0, 60))).Chunk(16).ToArray();
            var some = new byte[ids.Length * 16];

            ViewedPixels.Write(data.Train, data.Shape, view, ids, some);

            some.Chunk(16).ShouldBe(ids.Select(id => whole[id]));
        });

    [Fact]
    public void Of_APlainLesson_IsTheDatasetsOwnPixels()
    {
        var data = TinyData.Create();
        ViewedPixels.Of(data, new Lesson(Split.Test, View.Plain, new SampleRange(3, 2))).ShouldBe(data.Test.Pixels.Slice(48, 32).ToArray());
    }
}
