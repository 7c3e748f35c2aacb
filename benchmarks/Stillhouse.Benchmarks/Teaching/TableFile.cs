using System.Runtime.InteropServices;
using Stillhouse.Benchmarks.Learning;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Execution;

namespace Stillhouse.Benchmarks.Teaching;

/// <summary>A teacher's logits of a whole training split in a temporary file.</summary>
internal sealed class TableFile : IDisposable
{
    private const int Block = 256;

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private TableFile()
    {
    }

    public static async Task<TableFile> ComputeAsync(TrainedTeacher trained, Dataset dataset, Session session)
    {
        using var thread = new TorchThread("teacher", Environment.ProcessorCount);
        return await thread.RunAsync(
            () =>
            {
                using var network = trained.Load();
                using var logits = Evaluator.Logits(network, dataset.Train, Block);
                var table = new TableFile();
                File.WriteAllBytes(table._file, MemoryMarshal.AsBytes(logits.data<float>().ToArray().AsSpan()));
                return table;
            },
            session.Cancellation);
    }

    /// <summary>The table as a teacher serves it.</summary>
    /// <param name="latency">From a forward pass to the student.</param>
    /// <param name="samplesPerSecond">Of the teacher's device.</param>
    public TeacherTable As(TrainedTeacher trained, Dataset dataset, TimeSpan latency, double samplesPerSecond) => new(
        _file, trained.Artifact, dataset.Digest, dataset.Shape.Size, dataset.Classes, latency, samplesPerSecond);

    public void Dispose() => File.Delete(_file);
}
