using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Serving;

/// <summary>A trained network that answers lessons about a dataset, one after the other, on a thread of its own.</summary>
public sealed class Replica : ILessonServer, IDisposable
{
    private readonly Network _network;
    private readonly Dataset _dataset;
    private readonly TorchThread _thread;
    private readonly TimeProvider _time;

    /// <param name="network">Put into evaluation mode and owned from now on.</param>
    /// <param name="artifact">The content address of its weights.</param>
    /// <param name="dataset">What lessons are about.</param>
    /// <param name="thread">Owned from now on.</param>
    /// <param name="time">Measures the compute time.</param>
    public Replica(Network network, Digest artifact, Dataset dataset, TorchThread thread, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, Teacher, _dataset, _thread, _time) = (network, artifact, dataset, thread, time);
        _network.eval();
    }

    public Digest Teacher { get; }

    public Digest Dataset => _dataset.Digest;

    public int Classes => _network.Spec.Outputs;

    public Task<SoftTargets> AnswerAsync(Lesson lesson, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        return Refusal(lesson) is { } reason
            ? Task.FromException<SoftTargets>(new LessonRefusedException($"lesson {lesson.Number}: {reason}"))
            : _thread.RunAsync(() => Answer(lesson), cancellation);
    }

    /// <summary>Cancels waiting lessons, finishes the one under way and frees the network.</summary>
    public void Dispose()
    {
        _thread.Dispose();
        _network.Dispose();
    }

    private string? Refusal(Lesson lesson)
    {
        if (!Enum.IsDefined(lesson.Split))
        {
            return $"{lesson.Split} is not a split.";
        }

        var count = _dataset[lesson.Split].Count;
        if (lesson.SampleIds.Count == 0)
        {
            return "it asks about no sample.";
        }

        var foreign = lesson.SampleIds.Where(id => id < 0 || id >= count).Take(1).ToArray();
        return foreign is [var id] ? $"sample {id} is not in the {lesson.Split} split, which has {count} samples." : null;
    }

    /// <summary>Depends on the lesson's ids alone: its batch is computed as it is, never joined with or split for another.</summary>
    private SoftTargets Answer(Lesson lesson)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var started = _time.GetTimestamp();
        var inputs_BS = Batches.Inputs(_dataset[lesson.Split], lesson.SampleIds, _network.Device);
        var logits = new TensorLogits(_network.call(inputs_BS).cpu());
        return new SoftTargets(lesson.Number, lesson.SampleIds, logits, _time.GetElapsedTime(started));
    }
}
