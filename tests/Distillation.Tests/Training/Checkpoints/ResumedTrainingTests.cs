using Microsoft.Extensions.Time.Testing;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Losses.Terms;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Tests.Losses;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Training.Checkpoints;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Training.Checkpoints;

/// <summary>However often a training is disturbed, its weights are those of an undisturbed one, to the last bit.</summary>
public sealed class ResumedTrainingTests : IDisposable
{
    private static readonly Dataset Data = TinyData.Create();
    private static readonly Digest Identity = Digest.Of("work"u8);

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _unsaved = [];
    private readonly int _threads = get_num_threads();

    public ResumedTrainingTests() => set_num_threads(1);

    public static MatrixTheoryData<ModelSpec, OptimizerSpec> Trainings => new(
        [
            new MlpSpec { Widths = [16, 24, 24, 3], Dropout = 0.3 },
            new CnnSpec { Input = [1, 4, 4], Channels = [4], Hidden = 8, Classes = 3, Dropout = 0.2 },
        ],
        [
            new AdamSpec { Rate = 1e-2, WeightDecay = 1e-3 },
            new SgdSpec { Rate = 1e-2, Momentum = 0.9, Nesterov = true },
        ]);

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Train_HandedOffAfterEveryStep_YieldsTheSameBytes(ModelSpec model, OptimizerSpec optimizer)
    {
        var work = Work(model, optimizer);
        var (undisturbed, expected) = Train(work, checkpoints: null);
        var steps = new TrainingSteps(work, Data.Train);

        for (var step = 1; step < steps.Count; step++)
        {
            using var stopping = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() => Train(work, Checkpoints(), new Stop(stopping)));
            Checkpoints().FirstStep.ShouldBe(step);
        }

        var (resumed, trained) = Train(work, Checkpoints());
        resumed.ShouldBe(undisturbed);
        trained.Validation.ShouldBe(expected.Validation);
    }

    [Fact]
    public void Train_KilledWithinAStep_GoesOnFromTheLastCheckpoint()
    {
        var work = Work(new MlpSpec { Widths = [16, 24, 24, 3], Dropout = 0.3 }, new AdamSpec { Rate = 1e-2 });
        var (undisturbed, _) = Train(work, checkpoints: null);

        Should.Throw<InvalidOperationException>(() => Train(work, Checkpoints(everySteps: 3), new Crash(inStep: 4)));
        Checkpoints().FirstStep.ShouldBe(3);
        Should.Throw<InvalidOperationException>(() => Train(work, Checkpoints(everySteps: 3), new Crash(inStep: 8)));
        Checkpoints().FirstStep.ShouldBe(6);

        Train(work, Checkpoints(everySteps: 3)).Weights.ShouldBe(undisturbed);
    }

    [Fact]
    public void Train_WithScheduledLossesHandedOffAfterEveryStep_YieldsTheSameBytes()
    {
        var work = Work(new MlpSpec { Widths = [16, 8, 3] }, new AdamSpec { Rate = 1e-2 });
        var steps = new TrainingSteps(work, Data.Train);
        var (undisturbed, _) = Train(work, checkpoints: null, new Disturbance(Taught(steps)));

        for (var step = 1; step < steps.Count; step++)
        {
            using var stopping = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() => Train(work, Checkpoints(), new Stop(stopping, Taught(steps))));
        }

        Train(work, Checkpoints(), new Disturbance(Taught(steps))).Weights.ShouldBe(undisturbed);
    }

    [Fact]
    public void Train_WithRegressorsHandedOffAfterEveryStep_YieldsTheSameBytes()
    {
        var work = Hinted();
        var (undisturbed, _) = Train(work, checkpoints: null, new Disturbance(Hints(work, work.Seed)));

        for (var step = 1; step < new TrainingSteps(work, Data.Train).Count; step++)
        {
            using var stopping = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() => Train(work, Checkpoints(), new Stop(stopping, Hints(work, seed: step))));
        }

        Train(work, Checkpoints(), new Disturbance(Hints(work, seed: 99))).Weights.ShouldBe(undisturbed);
    }

    /// <summary>What the test above would miss if regressors were of no consequence.</summary>
    [Fact]
    public void Train_WhoseRegressorsAreForgotten_YieldsOtherBytes()
    {
        var work = Hinted();
        var (undisturbed, _) = Train(work, checkpoints: null, new Disturbance(Hints(work, work.Seed)));
        using var stopping = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Train(work, Checkpoints(), new Stop(stopping, Hints(work, work.Seed))));

        Train(work, Checkpoints(), new Forgetful(Hints(work, seed: 99))).Weights.ShouldNotBe(undisturbed);
    }

    [Fact]
    public void Train_WithAHint_TeachesItsRegressorsAndKeepsThemOutOfTheNetwork()
    {
        var work = Hinted();
        using var objective = Hints(work, work.Seed);
        var before = objective.Parameters.Select(Arrays.ToArray).ToArray();

        var (weights, _) = Train(work, checkpoints: null, new Disturbance(objective));

        objective.Parameters.Index().ShouldAllBe(parameter => !before[parameter.Index].SequenceEqual(Arrays.ToArray(parameter.Item)));
        SafetensorsFile.Parse(weights, "student").Tensors.Keys.ShouldBe(["fc1.bias", "fc1.weight", "fc2.bias", "fc2.weight"], ignoreOrder: true);
    }

    [Fact]
    public void Train_ResumedAfterItsLastStep_HasNothingLeftToDo()
    {
        var work = Work(new MlpSpec { Widths = [16, 8, 3] }, new AdamSpec());
        var (undisturbed, expected) = Train(work, Checkpoints(everySteps: 1));

        var (resumed, trained) = Train(work, Checkpoints(), new Crash(inStep: 0));

        resumed.ShouldBe(undisturbed);
        trained.ShouldBe(expected);
    }

    [Fact]
    public void Train_ThatCannotBeSaved_GoesOnAndSaysSo()
    {
        var work = Work(new MlpSpec { Widths = [16, 8, 3] }, new AdamSpec());
        var (undisturbed, _) = Train(work, checkpoints: null);
        var checkpoints = Checkpoints(everySteps: 5);
        Directory.Delete(_folder.Path);

        Train(work, checkpoints).Weights.ShouldBe(undisturbed);

        _unsaved.Count.ShouldBe(2);
        _unsaved.ShouldAllBe(reason => reason.Contains(_folder.Path));
        Directory.CreateDirectory(_folder.Path);
    }

    public void Dispose()
    {
        set_num_threads(_threads);
        _folder.Dispose();
    }

    private static NetworkTraining Work(ModelSpec model, OptimizerSpec optimizer) => new(
        model,
        new TrainingSpec
        {
            Epochs = 2,
            BatchSize = 10,
            Optimizer = optimizer,
            LearningRate = new CosineRateSpec { WarmupSteps = 2 },
            View = new ShiftViewSpec { Pixels = 1 },
            MaxNorm = 0.5,
            BiasCorrection = true,
        },
        new ScheduleSpec(),
        Seed: 1);

    private TrainingCheckpoints Checkpoints(long everySteps = long.MaxValue) => new(
        new CheckpointStore(_folder.Path, Identity, reason => throw new InvalidOperationException(reason)),
        new CheckpointCadence(everySteps, TimeSpan.MaxValue),
        TimeProvider.System,
        _unsaved.Add);

    /// <summary>Begins with a network of another seed where it resumes, so that nothing but the checkpoint can make it right.</summary>
    private static (byte[] Weights, TrainedNetwork Trained) Train(
        NetworkTraining work, TrainingCheckpoints? checkpoints, Disturbance? disturbance = null)
    {
        var objective = disturbance ?? new Disturbance();
        using var network = Networks.Create(work.Model, checkpoints?.Resumed is null ? work.Seed : 99);
        var trained = Trainer.Train(
            network, work, Data, objective, checkpoints, new Progress<TrialProgress>(), TimeProvider.System, objective.Token);
        return (network.Save(), trained);
    }

    /// <summary>Weights and temperature change with every step; the teacher says something else about each batch.</summary>
    private static DistillObjective Taught(TrainingSteps steps) => new(
        new DistillationSpec
        {
            TemperatureSchedule = new CosineFactorSpec { From = 2, To = 0.5 },
            Losses = [new DkdLossSpec { Schedule = new WarmUpFactorSpec { Epochs = 1.5 } }, new LabelsLossSpec { Schedule = new LinearFactorSpec() }],
        },
        steps,
        [1],
        new ScriptedFeed(
            new FakeTimeProvider(), TimeSpan.Zero, batch => [ArrayTargets.Of(Arrays.Logits(batch.Number, batch.SampleIds.Count, Data.Classes))]),
        TimeProvider.System);

    private static NetworkTraining Hinted() => Work(new MlpSpec { Widths = [16, 8, 3], Dropout = 0.3 }, new AdamSpec { Rate = 1e-2 });

    /// <summary>Features of the teacher, ten units, follow its logits; a regressor maps the student's to them.</summary>
    private static DistillObjective Hints(NetworkTraining work, long seed) => new(
        new DistillationSpec { Losses = [new HintLossSpec { Features = ["fc1"] }, new LabelsLossSpec()] },
        new TrainingSteps(work, Data.Train),
        [1],
        new ScriptedFeed(
            new FakeTimeProvider(), TimeSpan.Zero, batch => [ArrayTargets.Of(Arrays.Logits(batch.Number, batch.SampleIds.Count, Data.Classes + 10))]),
        TimeProvider.System,
        routes_CM: null,
        new ComparedNetworks(work.Model.Features, [[new FeatureShape("fc1", [10])]], seed, CPU));

    private class Disturbance(IObjective? inner = null) : IObjective
    {
        private readonly IObjective _inner = inner ?? new LabelObjective(smoothing: 0);

        public virtual CancellationToken Token => TestContext.Current.CancellationToken;

        public TimeSpan Waited => TimeSpan.Zero;

        public IReadOnlyList<string> Features => _inner.Features;

        public IReadOnlyList<Parameter> Parameters => _inner.Parameters;

        public byte[] Save() => _inner.Save();

        public virtual void Restore(byte[] state) => _inner.Restore(state);

        public virtual Tensor Loss(Batch batch, NetworkOutput output, Tensor labels_B, CancellationToken cancellation) =>
            _inner.Loss(batch, output, labels_B, cancellation);
    }

    private sealed class Forgetful(IObjective inner) : Disturbance(inner)
    {
        public override void Restore(byte[] state)
        {
        }
    }

    /// <summary>Asks for an end in the middle of a step, which is then finished.</summary>
    private sealed class Stop(CancellationTokenSource stopping, IObjective? inner = null) : Disturbance(inner)
    {
        public override CancellationToken Token => stopping.Token;

        public override Tensor Loss(Batch batch, NetworkOutput output, Tensor labels_B, CancellationToken cancellation)
        {
            stopping.Cancel();
            return base.Loss(batch, output, labels_B, CancellationToken.None);
        }
    }

    /// <summary>Fails when dropout has drawn the step's masks and the weights are still those of the step before.</summary>
    private sealed class Crash(long inStep) : Disturbance
    {
        public override Tensor Loss(Batch batch, NetworkOutput output, Tensor labels_B, CancellationToken cancellation) =>
            batch.Number == inStep ? throw new InvalidOperationException("killed") : base.Loss(batch, output, labels_B, cancellation);
    }
}
