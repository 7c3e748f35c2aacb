using CsCheck;
using Stillhouse.Distillation.Data;
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
    public void Epoch_OfChosenSamples_VisitsEachOnceAndNoBlockWithoutOne() =>
        Gen.Select(Schedules, Gen.Int[0, 50], Gen.Double[0.05, 1]).Sample((sizes, epoch, share) =>
        {
            var labels = LabelsOfThree(sizes.Samples);
            var samples = new SamplesSpec { Classes = [0, 2], Share = share };
            var schedule = Schedule(sizes, samples, labels);
            var batches = schedule.Epoch(epoch).ToArray();
            batches.Length.ShouldBe(schedule.StepsPerEpoch);
            batches.SelectMany(batch => batch).Order().ShouldBe(new ChosenSamples(samples, labels).Epoch(epoch, sizes.Seed));
        });

    [Fact]
    public void Epoch_OfDrawnSamples_FinishesAWindowOfBlocksBeforeTheNext() =>
        Schedules.Sample(sizes =>
        {
            var blocks = new CanonicalBlocks(sizes.Samples, sizes.Block);
            var schedule = Schedule(sizes, new SamplesSpec { Balanced = true }, LabelsOfThree(sizes.Samples));
            var order = schedule.Epoch(0).SelectMany(batch => batch).Select(blocks.Of).ToArray();
            var perBlock = order.CountBy(block => block).ToDictionary();
            var at = 0;
            foreach (var window in order.Distinct().Chunk(sizes.Window))
            {
                var length = window.Sum(block => perBlock[block]);
                order[at..(at + length)].Distinct().Order().ShouldBe(window.Order());
                at += length;
            }
        });

    [Fact]
    public void Epoch_OfAllSamplesAsAChoice_IsTheOrderOfNoChoice()
    {
        var sizes = (100, 10, 3, 10, 42L);
        Schedule(sizes, new SamplesSpec(), LabelsOfThree(100)).Epoch(3).ShouldBe(Schedule(sizes).Epoch(3));
    }

    [Fact]
    public void Steps_FromAnyStep_AreTheRestOfAll()
    {
        var steps = Steps(new ShiftViewSpec(), new SamplesSpec { Balanced = true, Share = 0.7 });
        var all = steps.All().Select(batch => (batch.Number, batch.View, string.Join(' ', batch.SampleIds))).ToArray();

        for (var step = 0; step <= steps.Count; step++)
        {
            steps.From(step).Select(batch => (batch.Number, batch.View, string.Join(' ', batch.SampleIds))).ShouldBe(all[step..]);
        }
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

    /// <summary>Classes 0, 1 and 2 in turn.</summary>
    private static byte[] LabelsOfThree(int samples) => [.. Enumerable.Range(0, samples).Select(sample => (byte)(sample % 3))];

    private static BatchSchedule Schedule((int Samples, int Block, int Window, int BatchSize, long Seed) sizes) =>
        Schedule(sizes, null, new byte[sizes.Samples]);

    private static BatchSchedule Schedule(
        (int Samples, int Block, int Window, int BatchSize, long Seed) sizes, SamplesSpec? samples, byte[] labels) =>
        new(
            new ChosenSamples(samples, labels),
            new CanonicalBlocks(sizes.Samples, sizes.Block),
            sizes.Window,
            sizes.BatchSize,
            sizes.Seed);

    private static TrainingSteps Steps(ViewSpec view, SamplesSpec? samples = null)
    {
        var training = new TrainingSpec { Epochs = 3, BatchSize = 4, View = view, Samples = samples };
        return new TrainingSteps(
            new NetworkTraining(new MlpSpec { Widths = [1, 2] }, training, new ScheduleSpec { Block = 3, Window = 2 }, Seed: 5),
            new SampleSet(new byte[10], LabelsOfThree(10)));
    }
}
