using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Benchmarks.Learning;

/// <summary>The teacher of all benchmarks, 784-1200-1200-10, trained before anything is timed.</summary>
internal sealed record TrainedTeacher(byte[] Weights)
{
    private const int Epochs = 3;
    private const long Seed = 1;

    public static ModelSpec Model { get; } = new MlpSpec { Widths = [784, 1200, 1200, 10], Dropout = 0.2 };

    public Digest Artifact { get; } = Digest.Of(Weights);

    /// <summary>Trains on both cores, on labels.</summary>
    public static async Task<TrainedTeacher> TrainAsync(Dataset dataset, Session session)
    {
        var training = new TrainingSpec { Epochs = session.Quick ? 1 : Epochs, Threads = Environment.ProcessorCount };
        var work = new NetworkTraining(Model, training, new ScheduleSpec(), Seed);
        using var thread = new TorchThread("teacher", training.Threads);
        return await thread.RunAsync(
            () =>
            {
                using var network = Networks.Create(Model, Seed);
                Trainer.Train(network, work, dataset, new LabelObjective(smoothing: 0), checkpoints: null, new NoProgress(), session.Time, session.Cancellation);
                return new TrainedTeacher(network.Save());
            },
            session.Cancellation);
    }

    /// <summary>A network of its own for every use, in evaluation mode.</summary>
    public Network Load() => Networks.Load(Model, SafetensorsFile.Parse(Weights, "the benchmarks' teacher"));
}
