using CsCheck;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Tests.Training;

public class BatchScheduleTests
{
    [Fact]
    public void Epoch_AnySizes_VisitsEverySampleOnceInFullBatchesAndARest() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 70], Gen.Long, Gen.Int[0, 50]).Sample((samples, batchSize, seed, epoch) =>
        {
            var schedule = new BatchSchedule(samples, batchSize, seed);
            var batches = schedule.Epoch(epoch).ToArray();
            batches.Length.ShouldBe(schedule.StepsPerEpoch);
            batches[..^1].ShouldAllBe(batch => batch.Length == batchSize);
            batches.SelectMany(batch => batch).Order().ShouldBe(Enumerable.Range(0, samples));
        });

    [Fact]
    public void Epoch_SameArguments_IsTheSameOrderForEver()
    {
        var schedule = new BatchSchedule(12, 5, seed: 42);
        schedule.Epoch(0).ShouldBe([[6, 5, 4, 11, 1], [2, 10, 8, 9, 3], [0, 7]]);
        schedule.Epoch(1).ShouldBe([[5, 10, 8, 3, 2], [1, 0, 7, 6, 4], [9, 11]]);
    }

    [Fact]
    public void Epoch_AnotherSeedOrEpoch_IsAnotherOrder()
    {
        int[] Order(long seed, int epoch) => [.. new BatchSchedule(100, 10, seed).Epoch(epoch).SelectMany(batch => batch)];
        Order(1, 0).ShouldNotBe(Order(1, 1));
        Order(1, 0).ShouldNotBe(Order(2, 0));
    }

    [Fact]
    public void Lessons_OfATraining_NumberAllStepsOfAllEpochs()
    {
        var training = new TrainingSpec { Epochs = 3, BatchSize = 4 };
        var lessons = new Stillhouse.Distillation.Training.Lessons(new NetworkTraining(new MlpSpec { Widths = [1, 2] }, training, 5), 10);

        var all = lessons.All().ToArray();

        lessons.Count.ShouldBe(9);
        all.Select(lesson => lesson.Number).ShouldBe(Enumerable.Range(0, 9).Select(number => (long)number));
        all.ShouldAllBe(lesson => lesson.Split == Split.Train);
        foreach (var epoch in all.Chunk(lessons.PerEpoch))
        {
            epoch.SelectMany(lesson => lesson.SampleIds).Order().ShouldBe(Enumerable.Range(0, 10));
        }
    }
}
