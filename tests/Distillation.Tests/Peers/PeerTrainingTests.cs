using System.Runtime.InteropServices;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Peers;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Training.Checkpoints;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using TorchSharp;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Peers;

/// <summary>Networks that learn side by side, each on a thread of its own.</summary>
public sealed class PeerTrainingTests : IDisposable
{
    private static readonly Dataset Data = TinyData.Create();
    private static readonly PeerExchange Mutual = new(Every: 0, BurnIn: 0, Lag: 0, SaveEvery: 3, Deadline: 60);
    private static readonly PeerExchange Stale = new(Every: 2, BurnIn: 3, Lag: 0, SaveEvery: 3, Deadline: 60);

    /// <summary>Deep mutual learning's: cross-entropy plus the divergence from the other.</summary>
    private static readonly DistillationSpec Loss = new() { Temperature = 1, Losses = [new KdLossSpec(), new LabelsLossSpec()] };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task MutualPeers_LearnWhatAPlainLoopOverBothTeachesThem()
    {
        var (one, other) = (Work(1), Work(2));

        var weights = await TrainAsync(Mutual, Learner(one), Learner(other));

        Digests(weights).ShouldBe(Digests(await TrainAsync(Mutual, Learner(one), Learner(other))));
        foreach (var (peer, plain) in weights.Zip(PlainLoop(one, other)))
        {
            Numbers(peer).ShouldBe(Numbers(plain), tolerance: 1e-4);
        }
    }

    [Fact]
    public async Task Peer_KilledBetweenItsCheckpoints_GoesOn_AndBothEndWithTheSameWeights()
    {
        foreach (var exchange in new[] { Mutual, Stale })
        {
            var undisturbed = await TrainAsync(exchange, Learner(Work(1)), Learner(Work(2)));

            var disturbed = await TrainAsync(exchange, Learner(Work(1)), Learner(Work(2)) with { CrashesIn = 8 });

            Digests(disturbed).ShouldBe(Digests(undisturbed));
        }
    }

    /// <summary>What it says of itself does not show in what it learns.</summary>
    [Fact]
    public async Task Teacher_ThatIsFollowed_LearnsAsIfItWereNot()
    {
        var work = Work(1);
        using var alone = Networks.Create(work.Model, work.Seed);
        Trainer.Train(
            alone, work, Data, new LabelObjective(smoothing: 0), checkpoints: null, new Progress<TrialProgress>(), TimeProvider.System, CancellationToken.None);

        var weights = await TrainAsync(Mutual, Teacher(work), Learner(Work(2)));

        Numbers(weights[0]).ShouldBe(Numbers(alone.Save()), tolerance: 1e-6);
    }

    [Fact]
    public async Task Student_WhoseTeacherDiverges_StopsAtTheLastGoodStep()
    {
        var teacher = Work(1, new SgdSpec { Rate = 1e30, Momentum = 0 });
        Member[] members = [Teacher(teacher), Learner(Work(2))];

        await TrainAsync(Mutual, members);

        var diverged = members[0].Trained!.Stopped.ShouldNotBeNull();
        diverged.Reason.ShouldContain($"its logits are NaN or infinite at step {diverged.Step}");
        var stopped = members[1].Trained!.Stopped.ShouldNotBeNull();
        stopped.Step.ShouldBe(diverged.Step);
        stopped.Reason.ShouldContain("diverged");
    }

    public void Dispose() => _folder.Dispose();

    private static NetworkTraining Work(long seed, OptimizerSpec? optimizer = null) => new(
        new MlpSpec { Widths = [16, 24, 24, 3], Dropout = 0.2 },
        new TrainingSpec { Epochs = 2, BatchSize = 10, Optimizer = optimizer ?? new AdamSpec { Rate = 1e-2 } },
        new ScheduleSpec(),
        seed,
        Batches: 7);

    private static Digest[] Digests(byte[][] weights) => [.. weights.Select(file => Digest.Of(file))];

    private static double[] Numbers(byte[] weights) =>
    [
        .. from tensor in SafetensorsFile.Parse(weights, "weights").Tensors
           orderby tensor.Key
           from number in MemoryMarshal.Cast<byte, float>(tensor.Value.Data.Span).ToArray()
           select (double)number,
    ];

    private static Member Learner(NetworkTraining work) => new(work, Learns: true);

    private static Member Teacher(NetworkTraining work) => new(work, Learns: false);

    /// <summary>Two networks in one loop: both look at the batch, then both learn from what the other saw.</summary>
    private static byte[][] PlainLoop(params NetworkTraining[] works)
    {
        var steps = new TrainingSteps(works[0], Data.Train);
        var networks = works.Select(work => Networks.Create(work.Model, work.Seed)).ToArray();
        var optimizers = works.Zip(networks, (work, network) => Optimizers.Create(work.Training.Optimizer, network.parameters())).ToArray();
        foreach (var batch in steps.All())
        {
            using var scope = NewDisposeScope();
            var inputs_BS = Batches.Inputs(Data.Train, Data.Shape, batch.View, batch.SampleIds, CPU);
            var labels_B = Batches.Labels(Data.Train, batch.SampleIds, CPU);
            var logits = networks.Select(network => network.call(inputs_BS)).ToArray();
            for (var k = 0; k < 2; k++)
            {
                optimizers[k].zero_grad();
                var target_BC = nn.functional.log_softmax(logits[1 - k].detach(), 1);
                var loss = KdLoss.Soft(target_BC, logits[k], 1) + nn.functional.cross_entropy(logits[k], labels_B);
                loss.backward();
                optimizers[k].step();
            }
        }

        return [.. networks.Select(network => network.Save())];
    }

    private async Task<byte[][]> TrainAsync(PeerExchange exchange, params Member[] members)
    {
        var outboxes = members.Select((_, k) => new PeerOutbox(Digest.Of([(byte)k]), Data.Digest, Data.Classes, Data.Shape.Size)).ToArray();
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"))).FullName;
        return await Task.WhenAll(members.Select((member, k) => Task.Factory.StartNew(
            () => Train(exchange, member, outboxes[k], [.. outboxes.Where(other => other != outboxes[k])], System.IO.Path.Combine(folder, $"{k}")),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    private static byte[] Train(PeerExchange exchange, Member member, PeerOutbox outbox, IReadOnlyList<PeerOutbox> others, string folder)
    {
        set_num_threads(1);
        var steps = new TrainingSteps(member.Work, Data.Train);
        var feed = new OutboxFeed(others, exchange, steps);
        while (true)
        {
            var saved = new TrainingCheckpoints(
                new CheckpointStore(folder, Digest.Of("work"u8), _ => { }), CheckpointCadence.Every(exchange.SaveEvery), TimeProvider.System, _ => { });
            // Where it resumes, nothing but the checkpoint can make it right.
            using var network = Networks.Create(member.Work.Model, saved.Resumed is null ? member.Work.Seed : 99);
            var alone = new LabelObjective(smoothing: 0);
            IObjective hearing = member.Learns
                ? new DistillObjective(Loss, steps, [.. others.Select(_ => 1.0)], feed, TimeProvider.System)
                : new AttendedLabels(alone, feed, TimeProvider.System);
            IPeerAnswers answers = exchange.Every > 0 ? new StalePredictions(exchange, network, Data, steps)
                : member.Learns ? new OwnLogits()
                : new CurrentPredictions(network, Data);
            IObjective objective = new PeerObjective(hearing, alone, exchange, answers, outbox);
            try
            {
                member.Trained = Trainer.Train(
                    network,
                    member.Work,
                    Data,
                    member.TakesCrash() ? new Crash(objective, member.CrashesIn!.Value) : objective,
                    saved,
                    new Progress<TrialProgress>(),
                    TimeProvider.System,
                    TestContext.Current.CancellationToken);
                return network.Save();
            }
            catch (InvalidOperationException e) when (e.Message == Crash.Message)
            {
                // Killed: what it had in memory is gone, and another begins where it was saved last.
                outbox.Restore(new PeerOutbox(outbox.Teacher, Data.Digest, Data.Classes, Data.Shape.Size).Save());
            }
        }
    }

    private sealed record Member(NetworkTraining Work, bool Learns)
    {
        private bool _crashed;

        public long? CrashesIn { get; init; }

        public TrainedNetwork? Trained { get; set; }

        public bool TakesCrash() => CrashesIn is not null && !_crashed && (_crashed = true);
    }

    /// <summary>Fails in a step when the others have been told of it.</summary>
    private sealed class Crash(IObjective inner, long step) : IObjective
    {
        public const string Message = "killed";

        public TimeSpan Waited => inner.Waited;

        public Tensor Loss(Batch batch, NetworkOutput output, Tensor labels_B, CancellationToken cancellation)
        {
            var loss = inner.Loss(batch, output, labels_B, cancellation);
            return batch.Number == step ? throw new InvalidOperationException(Message) : loss;
        }

        public byte[] Save() => inner.Save();

        public void Restore(byte[] state) => inner.Restore(state);
    }

    /// <summary>Asks the others without a network in between.</summary>
    private sealed class OutboxFeed(IReadOnlyList<PeerOutbox> others, PeerExchange exchange, TrainingSteps steps) : ILessonFeed
    {
        public IReadOnlyList<BatchTargets?> Take(Batch expected, CancellationToken cancellation)
        {
            var view = exchange.HeardAt(expected.Number)!;
            var lesson = new Lesson(Split.Train, view, new SampleRange(0, steps.SizeOf(view.Step)));
            return [.. others.Select(other => new Heard(other.AnswerAsync(lesson, [], default, cancellation).GetAwaiter().GetResult().Logits))];
        }

        private sealed class Heard(ILogits logits) : DenseTargets(logits.Rows, logits.Width)
        {
            public override void CopyTo(Span<float> target) => logits.Values.CopyTo(target);

            public override void Dispose()
            {
            }
        }
    }
}
