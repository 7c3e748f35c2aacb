using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Serving;
using Stillhouse.Distillation.Tests.Losses;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Tests.Training;

public class DistilledTrainingTests
{
    private static readonly Dataset Data = TinyData.Create();

    private static readonly NetworkTraining Work = new(
        new MlpSpec { Widths = [16, 12, 3], Dropout = 0.2 }, new TrainingSpec { Epochs = 4, BatchSize = 16 }, Seed: 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Train_AnswersHandedOverOrOffTheWire_YieldsTheSameBytes()
    {
        var handedOver = await TrainAsync(answer => answer);
        var streamed = await TrainAsync(answer => new SoftTargets(
            answer.LessonNumber,
            answer.SampleIds,
            new WireLogits(answer.Logits.Values.ToArray(), answer.Logits.Classes),
            answer.ComputeTime));

        streamed.ShouldBe(handedOver);
    }

    [Fact]
    public async Task Train_OtherTeachers_MakeAnotherStudent()
    {
        var student = await TrainAsync(answer => answer);
        (await TrainAsync(answer => answer, firstTeacher: 7)).ShouldNotBe(student);
    }

    private static async Task<byte[]> TrainAsync(Func<SoftTargets, SoftTargets> way, long firstTeacher = 1)
    {
        using var first = Teacher(firstTeacher);
        using var second = Teacher(firstTeacher + 1);
        using var thread = new TorchThread("student", 1);
        return await thread.RunAsync(
            () =>
            {
                using var network = Networks.Create(Work.Model, Work.Seed);
                var objective = new DistillObjective(new DistillationSpec(), new DirectFeed([first, second], way), TimeProvider.System);
                Trainer.Train(network, Work, Data, objective, new Progress<TrialProgress>(), TimeProvider.System, Cancellation);
                return network.Save();
            },
            Cancellation);
    }

    private static Replica Teacher(long seed) => new(
        Networks.Create(new MlpSpec { Widths = [16, 20, 3] }, seed),
        Digest.Of("teacher"u8),
        Data,
        new TorchThread("teacher", 1),
        TimeProvider.System);

    private sealed class DirectFeed(Replica[] teachers, Func<SoftTargets, SoftTargets> way) : ILessonFeed
    {
        public IReadOnlyList<SoftTargets> Take(Lesson expected, CancellationToken cancellation) =>
            [.. teachers.Select(teacher => way(teacher.AnswerAsync(expected, cancellation).GetAwaiter().GetResult()))];
    }
}
