using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Training.Checkpoints;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Distillation.Tests.Training.Checkpoints;

public sealed class CheckpointStoreTests : IDisposable
{
    private static readonly Digest Work = Digest.Of("work"u8);

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _refused = [];

    [Fact]
    public void Latest_OfAnEmptyFolder_IsNone()
    {
        Store().Latest().ShouldBeNull();
        _refused.ShouldBeEmpty();
    }

    [Fact]
    public void Latest_IsTheFurthest_AndTheTwoLastAreKept()
    {
        var store = Store();
        foreach (var step in (long[])[9, 10, 100])
        {
            store.Put(State(step));
        }

        var latest = Store().Latest()!;
        latest.Progress.ShouldBe(State(100).Progress);
        latest.Network.ShouldBe([1, 100]);
        latest.Optimizer.ShouldBe([2, 100]);
        latest.Randomness.ShouldBe([3, 100]);
        Files().Select(name => name[..12]).ShouldBe(["000000000010", "000000000100"]);
        _refused.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Latest_WhereTheNewestIsDamaged_IsTheOneBefore_AndSaysSo(int damage)
    {
        var store = Store();
        store.Put(State(1));
        store.Put(State(2));
        var newest = System.IO.Path.Combine(_folder.Path, Files()[^1]);
        var bytes = File.ReadAllBytes(newest);
        File.WriteAllBytes(newest, damage == 0 ? bytes[..^1] : [.. bytes[..40], (byte)~bytes[40], .. bytes[41..]]);

        Store().Latest()!.Progress.Total.Steps.ShouldBe(1);
        _refused.ShouldHaveSingleItem().ShouldStartWith($"{newest}: expected the content that its name tells, found sha256:");
    }

    [Fact]
    public void Latest_OfOtherWork_IsRefused()
    {
        Store().Put(State(1));

        var other = new CheckpointStore(_folder.Path, Digest.Of("other"u8), _refused.Add);

        other.Latest().ShouldBeNull();
        _refused.ShouldHaveSingleItem().ShouldContain($"expected a checkpoint of the work {Digest.Of("other"u8)}, found one of {Work}");
    }

    [Fact]
    public void Latest_BesideAnUnfinishedFile_IsTheFinishedOne()
    {
        Store().Put(State(1));
        File.WriteAllText(System.IO.Path.Combine(_folder.Path, "half.new"), "half");

        Store().Latest()!.Progress.Total.Steps.ShouldBe(1);
        _refused.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 60, false)]
    [InlineData(1, 9.9, false)]
    [InlineData(1, 10, true)]
    [InlineData(99, 0, false)]
    [InlineData(100, 0, true)]
    public void Cadence_IsDue_AfterStepsOrTime(long steps, double seconds, bool due) =>
        new CheckpointCadence(100, TimeSpan.FromSeconds(10)).IsDue(50 + steps, 50, TimeSpan.FromSeconds(seconds)).ShouldBe(due);

    [Fact]
    public void AlignedCadence_IsDue_AfterEveryMultiple_WhateverWasSavedLast()
    {
        var cadence = CheckpointCadence.Every(10);
        Enumerable.Range(1, 30).Where(done => cadence.IsDue(done, saved: done - 1, TimeSpan.FromHours(1))).ShouldBe([10, 20, 30]);
    }

    public void Dispose() => _folder.Dispose();

    private static TrainingState State(long step) => new(
        new TrainingProgress(new Tally(step, 10 * step, 0.5, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)), 0.25, step / 1_000.0),
        [1, (byte)step],
        [2, (byte)step],
        [3, (byte)step],
        [4, (byte)step]);

    private CheckpointStore Store() => new(_folder.Path, Work, _refused.Add);

    private string[] Files() =>
        [.. Directory.GetFiles(_folder.Path).Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
