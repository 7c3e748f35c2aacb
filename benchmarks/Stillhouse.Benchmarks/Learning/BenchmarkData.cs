using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Benchmarks.Learning;

/// <summary>What the networks of all benchmarks learn: MNIST where it is at hand, else as many glyphs.</summary>
internal static class BenchmarkData
{
    private const string Variable = "STILLHOUSE_DATA";
    private const int TrainSamples = 60_000;
    private const int TestSamples = 10_000;

    /// <summary>Enough to see that everything works.</summary>
    private const int QuickSamples = 6_144;

    /// <summary>The folder with MNIST, or null where it is not at hand.</summary>
    public static string? Mnist => Path.GetFullPath(Path.Combine(Root(), "mnist")) is var folder && Directory.Exists(folder) ? folder : null;

    /// <summary>Loads the dataset and says which.</summary>
    public static Dataset Load(Session session)
    {
        var folder = Path.GetFullPath(Path.Combine(Root(), "mnist"));
        var isThere = Directory.Exists(folder);
        DataSpec source = isThere
            ? new IdxDataSpec { Path = folder, Validation = 1 }
            : new GlyphDataSpec { Train = TrainSamples - 1, Validation = 1, Test = TestSamples };
        var dataset = WithAllTraining(DatasetLoader.Load(source), session.Quick ? QuickSamples : TrainSamples);
        var origin = isThere ? "MNIST" : $"built-in glyphs, for lack of {folder}; set {Variable} to the folder that has mnist";
        session.Say($"data: {origin}; {dataset.Train.Count:N0} training and {dataset.Test.Count:N0} test samples");
        return dataset;
    }

    /// <summary>
    /// Nothing is chosen by validation here, so the one sample that a dataset must hold out for it is learnt as well.
    /// </summary>
    private static Dataset WithAllTraining(Dataset dataset, int samples)
    {
        byte[] pixels = [.. dataset.Train.Pixels.Span, .. dataset.Validation.Pixels.Span];
        byte[] labels = [.. dataset.Train.Labels.Span, .. dataset.Validation.Labels.Span];
        var train = new SampleSet(pixels.AsMemory(0, samples * dataset.Shape.Size), labels.AsMemory(0, samples));
        return Dataset.Of(dataset.Kind, dataset.Classes, dataset.Shape, train, dataset.Validation, dataset.Test);
    }

    private static string Root() =>
        Environment.GetEnvironmentVariable(Variable) ?? Path.Combine(Repository(), "..", "shared", "data");

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is { } parent && !File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
        {
            folder = parent;
        }

        return folder.FullName;
    }
}
