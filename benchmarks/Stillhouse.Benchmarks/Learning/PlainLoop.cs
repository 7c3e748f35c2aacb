using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using static TorchSharp.torch;

namespace Stillhouse.Benchmarks.Learning;

/// <summary>
/// What a good user of TorchSharp writes: one loop, in which the teacher answers without gradients about every batch that
/// the student meets. Batches, inputs, loss and optimizer are the product's, so that both sides learn the same.
/// </summary>
internal static class PlainLoop
{
    /// <summary>Trains on the calling thread.</summary>
    /// <param name="student">Changed in place; left in evaluation mode.</param>
    /// <param name="teacher">In evaluation mode.</param>
    public static void Distill(
        Network student,
        Network teacher,
        NetworkTraining work,
        Dataset dataset,
        DistillationSpec distillation,
        CancellationToken cancellation)
    {
        var temperature = distillation.Temperature;
        using var optimizer = Optimizers.Create(work.Training.Optimizer, student.parameters());
        student.train();
        foreach (var batch in new TrainingSteps(work, dataset.Train).All())
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var inputs = Batches.Inputs(dataset.Train, dataset.Shape, batch.View, batch.SampleIds, student.Device);
            var labels = Batches.Labels(dataset.Train, batch.SampleIds, student.Device);
            var target = Target(teacher, inputs, temperature);
            var logits = student.call(inputs);
            var loss = KdLoss.Of(target, logits, labels, temperature, distillation.Alpha);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }

        student.eval();
    }

    private static Tensor Target(Network teacher, Tensor inputs, double temperature)
    {
        using var noGrad = no_grad();
        return nn.functional.log_softmax(teacher.call(inputs) / temperature, 1);
    }
}
