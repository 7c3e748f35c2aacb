using Stillhouse.Distillation.Serving;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>Learning from the labels and from the teachers' answers that a feed delivers.</summary>
public sealed class DistillObjective : IObjective
{
    private readonly DistillationSpec _spec;
    private readonly EnsembleTarget _combine;
    private readonly ILessonFeed _feed;
    private readonly TimeProvider _time;

    /// <param name="spec">Temperature, weights and combination.</param>
    /// <param name="feed">Delivers answers in the order of the lessons; stays the caller's.</param>
    /// <param name="time">Measures the wait.</param>
    public DistillObjective(DistillationSpec spec, ILessonFeed feed, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(spec);
        (_spec, _feed, _time) = (spec, feed, time);
        _combine = EnsembleTargets.Named(spec.Ensemble);
    }

    public TimeSpan Waited { get; private set; }

    public Tensor Loss(Lesson lesson, Tensor logits_BC, Tensor labels_B, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var teacher_BC = Target(lesson, logits_BC.device, cancellation);
        return KdLoss.Of(teacher_BC, logits_BC, labels_B, _spec.Temperature, _spec.Alpha).MoveToOuterDisposeScope();
    }

    /// <summary>Uses the answers up, so that the next lessons can be asked for while this one is learnt.</summary>
    private Tensor Target(Lesson lesson, Device device, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var answers = _feed.Take(lesson, cancellation);
        Waited += _time.GetElapsedTime(started);
        try
        {
            return _combine([.. answers.Select(answer => LogitTensors.From(answer.Logits).to(device))], _spec.Temperature);
        }
        finally
        {
            foreach (var answer in answers)
            {
                answer.Dispose();
            }
        }
    }
}
