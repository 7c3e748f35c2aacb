using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Serving;

/// <summary>A trained network that answers lessons, one after the other, on a thread of its own.</summary>
public sealed class Replica : ILessonServer, IDisposable
{
    private readonly Network _network;
    private readonly Dataset? _dataset;
    private readonly TorchThread _thread;
    private readonly TimeProvider _time;

    /// <param name="network">Put into evaluation mode and owned from now on.</param>
    /// <param name="artifact">The content address of its weights.</param>
    /// <param name="dataset">What lessons are about; null where their inputs come with them.</param>
    /// <param name="thread">Owned from now on.</param>
    /// <param name="time">Measures the compute time.</param>
    public Replica(Network network, Digest artifact, Dataset? dataset, TorchThread thread, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, Teacher, _dataset, _thread, _time) = (network, artifact, dataset, thread, time);
        _network.eval();
    }

    public Digest Teacher { get; }

    public Digest? Dataset => _dataset?.Digest;

    public int Classes => _network.Spec.Outputs;

    public IReadOnlyList<FeatureShape> Features => _network.Spec.Features;

    public int InputSize => _network.Spec.Inputs;

    public Task<SoftTargets> AnswerAsync(
        Lesson lesson, IReadOnlyList<string> features, ReadOnlyMemory<byte> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        var refusal = inputs.IsEmpty ? RefusalOfOwn(lesson) : RefusalOfShipped(lesson, inputs.Length);
        return refusal is null
            ? _thread.RunAsync(() => Answer(lesson, features, inputs), cancellation)
            : Task.FromException<SoftTargets>(new LessonRefusedException($"{lesson}: {refusal}"));
    }

    /// <summary>What the network answers to the <see cref="Probe"/>.</summary>
    public Task<Digest> ProbeAsync(CancellationToken cancellation) => _thread.RunAsync(() => Probe.Answer(_network), cancellation);

    /// <summary>Cancels waiting lessons, finishes the one under way and frees the network.</summary>
    public void Dispose()
    {
        _thread.Dispose();
        _network.Dispose();
    }

    private string? RefusalOfOwn(Lesson lesson)
    {
        if (_dataset is null)
        {
            return "this replica reads no dataset, and no samples came with the lesson; set distillation.inputs to shipped.";
        }

        if (lesson.View is LiveView)
        {
            return "this network learns no more; it is asked about samples, not about the steps of a training.";
        }

        if (!Enum.IsDefined(lesson.Split))
        {
            return $"{lesson.Split} is not a split.";
        }

        var (samples, count) = (lesson.Samples, _dataset[lesson.Split].Count);
        return samples.Count < 1 ? "it asks about no sample."
            : samples.First < 0 || samples.First > count - samples.Count ? $"the {lesson.Split} split has the samples 0..{count - 1}."
            : null;
    }

    private string? RefusalOfShipped(Lesson lesson, int bytes) =>
        bytes == (long)lesson.Samples.Count * InputSize
            ? null
            : $"{bytes} bytes of samples came with it; {lesson.Samples.Count} samples of {InputSize} values have {(long)lesson.Samples.Count * InputSize}.";

    /// <summary>Depends on the lesson alone: its block is computed as it is, never joined with or split for another.</summary>
    private SoftTargets Answer(Lesson lesson, IReadOnlyList<string> features, ReadOnlyMemory<byte> shipped)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var started = _time.GetTimestamp();
        var inputs_BS = shipped.IsEmpty
            ? Batches.Inputs(_dataset![lesson.Split], _dataset.Shape, lesson.View, lesson.Samples.Ids(), _network.Device)
            : Batches.Inputs(shipped.Span, InputSize, _network.Device);
        var output = _network.Observe(inputs_BS, features);
        Tensor[] values = [output.Logits_BC, .. features.Select(name => output.Features[name].flatten(1))];
        var logits = new TensorLogits((values is [var alone] ? alone : cat(values, 1)).cpu());
        return new SoftTargets(lesson, logits, _time.GetElapsedTime(started));
    }
}
