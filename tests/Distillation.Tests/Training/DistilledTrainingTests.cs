using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Losses.Terms;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Serving;
using Stillhouse.Distillation.Tests.Losses;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Tests.Training;

public class DistilledTrainingTests
{
    private static readonly Dataset Data = TinyData.Create();
    private static readonly MlpSpec Model = new() { Widths = [16, 12, 3], Dropout = 0.2 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Train_TheSameTeachersAgain_YieldsTheSameBytes() => (await TrainAsync(1)).ShouldBe(await TrainAsync(1));

    [Fact]
    public async Task Train_OtherTeachers_MakeAnotherStudent() => (await TrainAsync(7)).ShouldNotBe(await TrainAsync(1));

    [Fact]
    public async Task Train_AShiftedView_MakesAnotherStudent() =>
        (await TrainAsync(1, new ShiftViewSpec { Pixels = 1 })).ShouldNotBe(await TrainAsync(1));

    [Fact]
    public async Task Train_KdAndLabelsListed_MakesTheStudentOfAlpha()
    {
        var listed = new DistillationSpec { Losses = [new KdLossSpec { Weight = 0.9 }, new LabelsLossSpec { Weight = 0.1 }] };

        var classic = Numbers(await TrainAsync(1));

        Numbers(await TrainAsync(1, distillation: listed)).ShouldBe(classic, 1e-5);
    }

    [Fact]
    public async Task Train_AScheduledWeight_MakesAnotherStudent()
    {
        var constant = new DistillationSpec { Losses = [new KdLossSpec(), new LabelsLossSpec()] };
        var fading = new DistillationSpec { Losses = [new KdLossSpec { Schedule = new CosineFactorSpec() }, new LabelsLossSpec()] };

        (await TrainAsync(1, distillation: fading)).ShouldNotBe(await TrainAsync(1, distillation: constant));
    }

    [Fact]
    public async Task Train_ALossOnFeatures_MakesAnotherStudent_TheSameEveryTime()
    {
        var logits = new DistillationSpec { Losses = [new KdLossSpec()] };
        var features = new DistillationSpec { Losses = [new KdLossSpec(), new HintLossSpec { Features = ["fc1"] }, new SimilarityLossSpec { Features = ["fc1"] }] };

        var student = await TrainAsync(1, distillation: features);

        student.ShouldBe(await TrainAsync(1, distillation: features));
        student.ShouldNotBe(await TrainAsync(1, distillation: logits));
    }

    [Fact]
    public async Task Train_SmoothedLabels_MakesAnotherStudent() => (await TrainAsync(1, smoothing: 0.1)).ShouldNotBe(await TrainAsync(1));

    [Fact]
    public async Task Train_BalancedDraws_MakesAnotherStudent_TheSameEveryTime()
    {
        var balanced = new SamplesSpec { Balanced = true };
        (await TrainAsync(1, samples: balanced)).ShouldBe(await TrainAsync(1, samples: balanced));
        (await TrainAsync(1, samples: balanced)).ShouldNotBe(await TrainAsync(1));
    }

    [Fact]
    public async Task Train_SamplesWithoutLabels_LearnsFromWhatTeachersMakeOfThem()
    {
        var taught = new DistillationSpec { Alpha = 1 };
        var few = Data with { Train = Data.Train.Hide(20) };

        var student = await TrainAsync(1, distillation: taught, samples: new SamplesSpec { Unlabelled = UnlabelledName.Met }, data: few);

        student.ShouldBe(await TrainAsync(1, distillation: taught), "all samples are met, and no label counts");
        student.ShouldNotBe(await TrainAsync(1, distillation: taught, data: few), "samples without labels are skipped");
    }

    private static double[] Numbers(byte[] weights)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var network = Networks.Load(Model, SafetensorsFile.Parse(weights, "student"));
        return [.. network.parameters().SelectMany(Arrays.ToArray)];
    }

    private static async Task<byte[]> TrainAsync(
        long firstTeacher, ViewSpec? view = null, DistillationSpec? distillation = null, double smoothing = 0, SamplesSpec? samples = null, Dataset? data = null)
    {
        var training = new TrainingSpec { Epochs = 4, BatchSize = 16, View = view ?? new PlainViewSpec(), LabelSmoothing = smoothing, Samples = samples };
        var dataset = data ?? Data;
        var work = new NetworkTraining(Model, training, new ScheduleSpec { Block = 8, Window = 2 }, Seed: 1);
        using var first = Teacher(firstTeacher);
        using var second = Teacher(firstTeacher + 1);
        using var thread = new TorchThread("student", 1);
        var spec = distillation ?? new DistillationSpec();
        return await thread.RunAsync(
            () =>
            {
                using var network = Networks.Create(work.Model, work.Seed);
                using var objective = new DistillObjective(
                    spec,
                    new TrainingSteps(work, dataset.Train),
                    [1, 1],
                    new DirectFeed([first, second], spec.TeacherFeatures),
                    TimeProvider.System,
                    routes_CM: null,
                    new ComparedNetworks(Model.Features, [Asked(first, spec), Asked(second, spec)], work.Seed, TorchSharp.torch.CPU));
                Trainer.Train(network, work, dataset, objective, checkpoints: null, new Progress<TrialProgress>(), TimeProvider.System, Cancellation);
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

    private static FeatureShape[] Asked(Replica teacher, DistillationSpec spec) =>
        [.. spec.TeacherFeatures.Select(name => teacher.Features.First(feature => feature.Name == name))];

    /// <summary>Asks about the whole split and picks the batch's rows.</summary>
    private sealed class DirectFeed(Replica[] teachers, IReadOnlyList<string> features) : ILessonFeed
    {
        public IReadOnlyList<BatchTargets?> Take(Batch expected, CancellationToken cancellation)
        {
            var lesson = new Lesson(expected.Split, expected.View, new SampleRange(0, Data.Train.Count));
            return [.. teachers.Select(teacher =>
            {
                using var answer = teacher.AnswerAsync(lesson, features, default, cancellation).GetAwaiter().GetResult();
                var rows = answer.Logits.Values.ToArray().Chunk(answer.Logits.Width).ToArray();
                return new ArrayTargets([.. expected.SampleIds.SelectMany(id => rows[id])], answer.Logits.Width);
            })];
        }
    }
}
