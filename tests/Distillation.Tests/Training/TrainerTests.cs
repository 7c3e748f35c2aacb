using Microsoft.Extensions.Time.Testing;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using TorchSharp;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Training;

public class TrainerTests
{
    private static readonly Dataset Data = TinyData.Create();
    private static readonly MlpSpec Mlp = new() { Widths = [16, 24, 24, 3], Dropout = 0.3 };
    private static readonly CnnSpec Cnn = new() { Input = [1, 4, 4], Channels = [4], Hidden = 8, Classes = 3, Dropout = 0.2 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Train_OnLabels_LearnsTheData()
    {
        var (_, trained, _) = await TrainAsync(Work(Mlp, epochs: 12));
        trained.Validation.ShouldBeGreaterThan(0.9);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public async Task Train_SameWorkBesideAnotherTrial_YieldsTheSameBytes(string kind)
    {
        ModelSpec model = kind == "mlp" ? Mlp : Cnn;
        var (alone, _, _) = await TrainAsync(Work(model, epochs: 3));

        using var stop = new CancellationTokenSource();
        var beside = TrainAsync(Work(Mlp, epochs: 10_000, seed: 9), cancellation: stop.Token);
        var (accompanied, _, _) = await TrainAsync(Work(model, epochs: 3));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(beside);

        accompanied.ShouldBe(alone);
        var (otherSeed, _, _) = await TrainAsync(Work(model, epochs: 3, seed: 2));
        otherSeed.ShouldNotBe(alone);
    }

    [Fact]
    public async Task Train_ManySteps_LeavesNoTensorBehind()
    {
        using var thread = new TorchThread("test", 1);
        async Task<long> Live(int epochs) => await thread.RunAsync(
            () =>
            {
                var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
                using (var network = Networks.Create(Mlp, 1))
                {
                    Train(network, Work(Mlp, epochs), new LabelObjective(smoothing: 0), new Recorder(), TimeProvider.System, Cancellation);
                }

                return DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount - before;
            },
            Cancellation);
        (await Live(5)).ShouldBe(await Live(1));
    }

    [Fact]
    public void Train_ReportsItsProgress_AtMostFourTimesASecondAndAfterEveryEpoch()
    {
        var time = new FakeTimeProvider();
        var recorder = new Recorder();
        using var network = Networks.Create(Mlp, 1);

        // 60 samples in batches of 10: 6 steps of 100 ms in an epoch, a quarter of each spent waiting.
        var trained = Train(
            network,
            Work(Mlp, epochs: 2),
            new TimedObjective(time, TimeSpan.FromMilliseconds(75), TimeSpan.FromMilliseconds(25)),
            recorder,
            time,
            Cancellation);

        recorder.Reports.Select(report => (report.Epoch, report.Step)).ShouldBe([(1, 0), (1, 3), (1, 6), (2, 9), (2, 12)]);
        recorder.Reports[0].Loss.ShouldBeNull();
        recorder.Reports[0].Validation.ShouldBeNull();
        recorder.Reports[1].Validation.ShouldBeNull();
        recorder.Reports[2].Validation.ShouldNotBeNull();
        recorder.Reports[3].Validation.ShouldBe(recorder.Reports[2].Validation);
        recorder.Reports[4].Validation.ShouldBe(trained.Validation);
        recorder.Reports.Skip(1).ShouldAllBe(report => report.Loss > 0 && report.Epochs == 2 && report.Steps == 12);
        recorder.Reports.Skip(1).ShouldAllBe(report => report.SamplesPerSecond == 100 && report.WaitShare == 0.25);
        trained.Pace.ShouldBe(new TrainingPace(1.2, 100, 0.25));
    }

    [Fact]
    public void Train_NonFiniteLoss_EndsBeforeTheWeightsChange()
    {
        using var network = Networks.Create(Mlp, 1);
        var before = Array.Empty<byte>();
        var objective = new FailingObjective(atBatch: 2, () => before = network.Save());

        var failure = Should.Throw<NonFiniteLossException>(() => Train(
            network, Work(Mlp, epochs: 1), objective, new Recorder(), TimeProvider.System, Cancellation));

        failure.Step.ShouldBe(2);
        failure.LearningRate.ShouldBe(1e-2);
        failure.LastFiniteLoss.ShouldNotBeNull();
        failure.Message.ShouldStartWith("step 2: the loss is NaN at learning rate 0.01");
        network.Save().ShouldBe(before);
    }

    [Fact]
    public void Train_WhenCancelled_Stops()
    {
        using var network = Networks.Create(Mlp, 1);
        using var cancelling = new CancellationTokenSource();
        var seen = 0;
        var objective = new FailingObjective(atBatch: -1, () =>
        {
            if (++seen == 3)
            {
                cancelling.Cancel();
            }
        });

        Should.Throw<OperationCanceledException>(() => Train(
            network, Work(Mlp, epochs: 1), objective, new Recorder(), TimeProvider.System, cancelling.Token));

        seen.ShouldBe(3);
    }

    [Fact]
    public void Train_NetworkOfAnotherShape_IsRefused()
    {
        var other = new MlpSpec { Widths = [15, 3] };
        using var network = Networks.Create(other, 1);
        Should.Throw<ArgumentException>(() => Train(
                network, Work(other, epochs: 1), new LabelObjective(smoothing: 0), new Recorder(), TimeProvider.System, Cancellation))
            .Message.ShouldStartWith("The network maps 15 values to 3 classes; the dataset has 1x4x4 values and 3 classes.");
    }

    private static NetworkTraining Work(ModelSpec model, int epochs, long seed = 1) => new(
        model, new TrainingSpec { Epochs = epochs, BatchSize = 10, Optimizer = new AdamSpec { Rate = 1e-2 } }, new ScheduleSpec(), seed);

    private static async Task<(byte[] Weights, TrainedNetwork Trained, Recorder Recorder)> TrainAsync(
        NetworkTraining work, CancellationToken? cancellation = null)
    {
        using var thread = new TorchThread("test", 1);
        return await thread.RunAsync(
            () =>
            {
                var recorder = new Recorder();
                using var network = Networks.Create(work.Model, work.Seed);
                var trained = Train(
                    network, work, new LabelObjective(smoothing: 0), recorder, TimeProvider.System, cancellation ?? Cancellation);
                return (network.Save(), trained, recorder);
            },
            Cancellation);
    }

    private static TrainedNetwork Train(
        Network network, NetworkTraining work, IObjective objective, Recorder recorder, TimeProvider time, CancellationToken token) =>
        Trainer.Train(network, work, Data, objective, checkpoints: null, recorder, time, token);

    private sealed class Recorder : IProgress<TrialProgress>
    {
        public List<TrialProgress> Reports { get; } = [];

        public void Report(TrialProgress value) => Reports.Add(value);
    }

    private sealed class TimedObjective(FakeTimeProvider time, TimeSpan busy, TimeSpan wait) : IObjective
    {
        public TimeSpan Waited { get; private set; }

        public Tensor Loss(Batch batch, NetworkOutput output, Tensor labels_B, CancellationToken cancellation)
        {
            time.Advance(busy + wait);
            Waited += wait;
            return nn.functional.cross_entropy(output.Logits_BC, labels_B);
        }
    }

    private sealed class FailingObjective(long atBatch, Action seen) : IObjective
    {
        public TimeSpan Waited => TimeSpan.Zero;

        public Tensor Loss(Batch batch, NetworkOutput output, Tensor labels_B, CancellationToken cancellation)
        {
            seen();
            var loss = nn.functional.cross_entropy(output.Logits_BC, labels_B);
            return batch.Number == atBatch ? loss * double.NaN : loss;
        }
    }
}
