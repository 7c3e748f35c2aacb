using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Teachers.TeacherProtocol;

namespace Stillhouse.Cluster.Tests;

/// <summary>A dataset and a network that train within a second.</summary>
internal static class ASmallTask
{
    public const int StepsPerEpoch = 4;

    private static readonly GlyphDataSpec Glyphs = new() { Train = 200, Validation = 50, Test = 100 };

    public static DatasetReference Dataset { get; } = new(Glyphs, DatasetLoader.Load(Glyphs).Digest);

    /// <summary>Of whichever trial, given to the node <c>node</c>.</summary>
    public static TrialLease Lease { get; } = new("node", 1);

    public static NetworkTraining Training(int epochs = 1) =>
        new(new MlpSpec { Widths = [784, 16, 10] }, new TrainingSpec { Epochs = epochs, BatchSize = 50 }, new ScheduleSpec(), Seed: 7);

    public static StartTeacher Teacher(string name, int epochs = 1) =>
        new(new TrialId(new RunId("run"), name), Lease, new TeacherWork(name, Dataset, Training(epochs), Weights: null));
}
