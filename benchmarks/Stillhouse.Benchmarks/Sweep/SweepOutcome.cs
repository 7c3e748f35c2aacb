using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Models;

namespace Stillhouse.Benchmarks.Sweep;

/// <summary>What nine trials came to, however they were run.</summary>
/// <param name="Elapsed">All trials, the teacher's forward passes included; tests are not.</param>
/// <param name="Forwards">Samples that the teacher computed.</param>
/// <param name="Accuracies">Of the students on the test split, in the order of the trials.</param>
internal sealed record SweepOutcome(TimeSpan Elapsed, long Forwards, IReadOnlyList<double> Accuracies)
{
    /// <summary>Tests the students and disposes them.</summary>
    public static async Task<IReadOnlyList<double>> TestAsync(IReadOnlyList<Network> students, Dataset dataset, CancellationToken cancellation)
    {
        using var thread = new TorchThread("test", Environment.ProcessorCount);
        return await thread.RunAsync(() => students.Select(Test).ToArray(), cancellation);

        double Test(Network student)
        {
            using (student)
            {
                return Evaluator.Accuracy(student, dataset.Test);
            }
        }
    }
}
