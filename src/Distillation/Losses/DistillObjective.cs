using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>Learning from the labels and from the teachers' targets that a feed delivers.</summary>
public sealed class DistillObjective : IObjective
{
    private readonly DistillationSpec _spec;
    private readonly IReadOnlyList<double> _weights;
    private readonly EnsembleTarget _combine;
    private readonly ILessonFeed _feed;
    private readonly TimeProvider _time;

    /// <param name="spec">Temperature, weights and combination.</param>
    /// <param name="ensembleWeights">One per teacher, above 0, in the order of the feed; only their ratio counts.</param>
    /// <param name="feed">Delivers targets in the order of the batches; stays the caller's.</param>
    /// <param name="time">Measures the wait.</param>
    public DistillObjective(DistillationSpec spec, IReadOnlyList<double> ensembleWeights, ILessonFeed feed, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(spec);
        (_spec, _weights, _feed, _time) = (spec, ensembleWeights, feed, time);
        _combine = EnsembleTargets.Named(spec.Ensemble);
    }

    public TimeSpan Waited { get; private set; }

    private bool IsWeighted => _spec.Ensemble == EnsembleName.WeightedProbabilities;

    public Tensor Loss(Batch batch, Tensor logits_BC, Tensor labels_B, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var targets = Take(batch, cancellation);
        try
        {
            return Loss(targets, logits_BC, labels_B).MoveToOuterDisposeScope();
        }
        finally
        {
            foreach (var (used, _) in targets)
            {
                used.Dispose();
            }
        }
    }

    /// <summary>What there is, with each teacher's share: where a quorum went on without some, the others share the whole.</summary>
    private (BatchTargets Targets, double Weight)[] Take(Batch batch, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var taken = _feed.Take(batch, cancellation);
        Waited += _time.GetElapsedTime(started);
        if (taken.Count != _weights.Count || taken.All(teacher => teacher is null))
        {
            throw new InvalidOperationException(
                $"Batch {batch.Number} has targets of {taken.Count(teacher => teacher is not null)} of {taken.Count} teachers, where {_weights.Count} have weights.");
        }

        var present = taken
            .Zip(_weights, (targets, weight) => (Targets: targets!, Weight: IsWeighted ? weight : 1))
            .Where(teacher => teacher.Targets is not null)
            .ToArray();
        var total = present.Sum(teacher => teacher.Weight);
        return [.. present.Select(teacher => (teacher.Targets, teacher.Weight / total))];
    }

    private Tensor Loss((BatchTargets Targets, double Weight)[] teachers, Tensor logits_BC, Tensor labels_B)
    {
        // Teachers keep different classes: their divergences are added up, which has the gradient of the mean probabilities.
        if (teachers.All(teacher => IsReadyMade(teacher.Targets)))
        {
            var soft = teachers
                .Select(teacher => teacher.Weight * Sparse((SparseTargets)teacher.Targets, logits_BC))
                .Aggregate((sum, soft) => sum + soft);
            return KdLoss.Of(soft, logits_BC, labels_B, _spec.Alpha);
        }

        Tensor[] logits_MBC = [.. teachers.Select(teacher => TeacherTargets.Logits(teacher.Targets, logits_BC.device))];
        var target_BC = _combine(logits_MBC, [.. teachers.Select(teacher => teacher.Weight)], _spec.Temperature);
        return KdLoss.Of(target_BC, logits_BC, labels_B, _spec.Temperature, _spec.Alpha);
    }

    private bool IsReadyMade(BatchTargets targets) =>
        targets is SparseTargets sparse && sparse.Temperature == _spec.Temperature && _spec.Ensemble != EnsembleName.MeanLogits;

    private Tensor Sparse(SparseTargets targets, Tensor logits_BC)
    {
        var (classes_BK, target_BK, rest_B) = TeacherTargets.Kept(targets, logits_BC.device);
        return SparseKdLoss.Soft(classes_BK, target_BK, rest_B, logits_BC, _spec.Temperature);
    }
}
