using CsCheck;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Tests.Training;

public class BatchScheduleTests
{
    private static readonly Gen<(int Samples, int Block, int Window, int BatchSize, long Seed)> Schedules =
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 40], Gen.Int[1, 8], Gen.Int[1, 70], Gen.Long);

    [Fact]
    public void Epoch_AnySizes_VisitsEverySampleOnceInFullBatchesAndARest() =>
        Gen.Select(Schedules, Gen.Int[0, 50]).Sample((sizes, epoch) =>
        {
            var schedule = Schedule(sizes);
            var batches = schedule.Epoch(epoch).ToArray();
            batches.Length.ShouldBe(schedule.StepsPerEpoch);
            batches[..^1].ShouldAllBe(batch => batch.Length == sizes.BatchSize);
            batches.SelectMany(batch => batch).Order().ShouldBe(Enumerable.Range(0, sizes.Samples));
        });

    [Fact]
    public void Epoch_AnySizes_FinishesAWindowOfBlocksBeforeTheNext() =>
        Schedules.Sample(sizes =>
        {
            var blocks = new CanonicalBlocks(sizes.Samples, sizes.Block);
            var order = Schedule(sizes).Epoch(0).SelectMany(batch => batch).Select(blocks.Of).ToArray();
            var begun = order.Distinct().Chunk(sizes.Window).ToArray();
            var at = 0;
            foreach (var window in begun)
            {
                var length = window.Sum(block => blocks[block].Count);
                order[at..(at + length)].Distinct().Order().ShouldBe(window.Order());
                at += length;
            }
        });

    [Fact]
    public void Epoch_SameArguments_IsTheSameOrderForEver()
    {
        var schedule = Schedule((12, 3, 2, 5, 42));
        schedule.Epoch(0).ShouldBe([[11, 9, 10, 3, 4], [5, 7, 1, 0, 6], [2, 8]]);
        schedule.Epoch(1).ShouldBe([[5, 4, 0, 3, 2], [1, 10, 8, 9, 7], [6, 11]]);
    }

    [Fact]
    public void Epoch_AnotherSeedOrEpoch_IsAnotherOrder()
    {
        int[] Order(long seed, int epoch) => [.. Schedule((100, 10, 3, 10, seed)).Epoch(epoch).SelectMany(batch => batch)];
        Order(1, 0).ShouldNotBe(Order(1, 1));
        Order(1, 0).ShouldNotBe(Order(2, 0));
    }

    [Fact]
    public void Steps_OfATraining_NumberAllBatchesOfAllEpochs()
    {
        var steps = Steps(new PlainViewSpec());

        var all = steps.All().ToArray();

        steps.Count.ShouldBe(9);
        all.Select(batch => batch.Number).ShouldBe(Enumerable.Range(0, 9).Select(number => (long)number));
        all.ShouldAllBe(batch => batch.Split == Split.Train && batch.View == View.Plain);
        foreach (var epoch in all.Chunk(steps.PerEpoch))
        {
            epoch.SelectMany(batch => batch.SampleIds).Order().ShouldBe(Enumerable.Range(0, 10));
        }
    }

    [Fact]
    public void Steps_OfAShiftedTraining_ShowEveryEpochAnew()
    {
        var views = Steps(new ShiftViewSpec { Pixels = 3 }).All().Select(batch => batch.View).Distinct().ToArray();

        views.OfType<ShiftedView>().Select(view => (view.Pixels, view.Epoch)).ShouldBe([(3, 0), (3, 1), (3, 2)]);
        views.OfType<ShiftedView>().Select(view => view.Seed).Distinct().Count().ShouldBe(1);
    }

    private static BatchSchedule Schedule((int Samples, int Block, int Window, int BatchSize, long Seed) sizes) =>
        new(new CanonicalBlocks(sizes.Samples, sizes.Block), sizes.Window, sizes.BatchSize, sizes.Seed);

    private static TrainingSteps Steps(ViewSpec view)
    {
        var training = new TrainingSpec { Epochs = 3, BatchSize = 4, View = view };
        return new TrainingSteps(
            new NetworkTraining(new MlpSpec { Widths = [1, 2] }, training, new ScheduleSpec { Block = 3, Window = 2 }, Seed: 5), samples: 10);
    }
}
