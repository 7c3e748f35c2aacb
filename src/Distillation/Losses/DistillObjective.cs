using Stillhouse.Distillation.Losses.Terms;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses;

/// <summary>Learning from the labels and from the teachers' targets that a feed delivers.</summary>
public sealed class DistillObjective : IObjective, IDisposable
{
    private readonly DistillationSpec _spec;
    private readonly TrainingSteps _steps;
    private readonly IReadOnlyList<double> _weights;
    private readonly IReadOnlyList<double[]> _routes_CM;
    private readonly EnsembleTarget _combine;
    private readonly KdAndLabelsTerm _classic;
    private readonly IReadOnlyList<(LossSpec Spec, ILossTerm Term)> _terms;
    private readonly ComparedNetworks _networks;
    private readonly LearntModules _learnt;
    private readonly ILessonFeed _feed;
    private readonly TimeProvider _time;

    /// <param name="spec">Losses, temperature and combination.</param>
    /// <param name="steps">Of the training: schedules follow them, and labels are smoothed as it says.</param>
    /// <param name="ensembleWeights">One per teacher, above 0, in the order of the feed; only their ratio counts.</param>
    /// <param name="feed">Delivers targets in the order of the batches; stays the caller's.</param>
    /// <param name="time">Measures the wait.</param>
    /// <param name="routes_CM">Weights of the teachers for each class; where there are none those of all samples are the same.</param>
    /// <param name="networks">Whose features are compared; null where only logits are.</param>
    public DistillObjective(
        DistillationSpec spec,
        TrainingSteps steps,
        IReadOnlyList<double> ensembleWeights,
        ILessonFeed feed,
        TimeProvider time,
        IReadOnlyList<double[]>? routes_CM = null,
        ComparedNetworks? networks = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        _routes_CM = routes_CM ?? [];
        (_spec, _steps, _weights, _feed, _time) = (spec, steps, ensembleWeights, feed, time);
        _combine = EnsembleTargets.Named(spec.Ensemble);
        _classic = new KdAndLabelsTerm(spec.Alpha);
        _networks = networks ?? ComparedNetworks.None;
        _terms = [.. spec.Losses.Index().Select(loss => (
            loss.Item, LossTerms.Of(loss.Item, _networks with { Seed = Seeds.Derive(_networks.Seed, $"loss {loss.Index}") })))];
        _learnt = new LearntModules(_terms.Select(loss => loss.Term.Learnt));
        Features = [.. spec.Losses.OfType<FeatureLossSpec>().SelectMany(loss => loss.Pairs).Select(pair => pair.Student).Distinct()];
    }

    public TimeSpan Waited { get; private set; }

    public IReadOnlyList<string> Features { get; }

    public IReadOnlyList<Parameter> Parameters => [.. _learnt.parameters()];

    private bool IsWeighted => _spec.Ensemble == EnsembleName.WeightedProbabilities || EnsembleName.IsLearnt(_spec.Ensemble);

    private bool NeedsEveryClass => _spec.Ensemble == EnsembleName.MeanLogits || _routes_CM.Count > 0 || _spec.Losses.Any(loss => loss.Need == TargetNeed.EveryClass);

    public Tensor Loss(Batch batch, NetworkOutput output, Tensor labels_B, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var targets = Take(batch, cancellation);
        try
        {
            var temperature = _spec.Temperature * Factor(_spec.TemperatureSchedule, batch);
            return Loss(batch, Inputs(targets, output, labels_B, temperature)).MoveToOuterDisposeScope();
        }
        finally
        {
            foreach (var taught in targets)
            {
                taught.Targets.Dispose();
            }
        }
    }

    public byte[] Save() => Parameters.Count == 0 ? [] : ModuleWeights.Encode(_learnt);

    public void Restore(byte[] state)
    {
        if (Parameters.Count > 0)
        {
            ModuleWeights.Load(_learnt, SafetensorsFile.Parse(state, "checkpoint of the losses"));
        }
    }

    public void Dispose() => _learnt.Dispose();

    /// <summary>What there is, with each teacher's share: where a quorum went on without some, the others share the whole.</summary>
    private Taught[] Take(Batch batch, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var taken = _feed.Take(batch, cancellation);
        Waited += _time.GetElapsedTime(started);
        if (taken.Count != _weights.Count || taken.All(teacher => teacher is null))
        {
            throw new InvalidOperationException(
                $"Batch {batch.Number} has targets of {taken.Count(teacher => teacher is not null)} of {taken.Count} teachers, where {_weights.Count} have weights.");
        }

        var present = taken.Index().Where(teacher => teacher.Item is not null).ToArray();
        double Weight(int teacher) => IsWeighted ? _weights[teacher] : 1;
        var total = present.Sum(teacher => Weight(teacher.Index));
        return [.. present.Select(teacher => new Taught(teacher.Item!, teacher.Index, Weight(teacher.Index) / total))];
    }

    private LossInputs Inputs(Taught[] teachers, NetworkOutput output, Tensor labels_B, double temperature)
    {
        var (logits_BC, device) = (output.Logits_BC, output.Logits_BC.device);
        var inputs = new LossInputs(logits_BC, labels_B, _steps.LabelSmoothing, temperature);
        if (!NeedsEveryClass && teachers.All(teacher => teacher.Targets is SparseTargets sparse && sparse.Temperature == temperature))
        {
            return inputs with { Kept = [.. teachers.Select(teacher => Kept((SparseTargets)teacher.Targets, teacher.Share, device))] };
        }

        var outputs = Array.ConvertAll(teachers, teacher => TeacherTargets.Output(teacher.Targets, _networks.Of(teacher.Index), device));
        Tensor[] logits_MBC = [.. outputs.Select(taught => taught.Logits_BC)];
        return inputs with
        {
            Teacher_BC = _routes_CM.Count > 0
                ? EnsembleTargets.RoutedProbabilities(logits_MBC, [.. _routes_CM.Select(route_M => Array.ConvertAll(teachers, teacher => route_M[teacher.Index]))], temperature)
                : _combine(logits_MBC, [.. teachers.Select(teacher => teacher.Share)], temperature),
            StudentFeatures = output.Features,
            TeacherFeatures = [.. teachers.Zip(outputs, (teacher, taught) => new TeacherFeatures(teacher.Index, teacher.Share, taught.Features))],
        };
    }

    private static KeptClasses Kept(SparseTargets targets, double share, Device device)
    {
        var (classes_BK, target_BK, rest_B) = TeacherTargets.Kept(targets, device);
        return new KeptClasses(classes_BK, target_BK, rest_B, share);
    }

    private Tensor Loss(Batch batch, LossInputs inputs) => _terms.Count == 0
        ? _classic.Value(inputs)
        : _terms
            .Select(loss => loss.Spec.Weight * Factor(loss.Spec.Schedule, batch) * loss.Term.Value(inputs))
            .Aggregate((sum, term) => sum + term);

    private double Factor(FactorSpec spec, Batch batch) => Factors.Of(spec, batch.Number, _steps.Count, _steps.PerEpoch);

    /// <summary>What the terms learn besides the student, each under its number.</summary>
    private sealed class LearntModules : nn.Module
    {
        public LearntModules(IEnumerable<nn.Module?> modules)
            : base(nameof(LearntModules))
        {
            foreach (var (number, module) in modules.Index())
            {
                if (module is not null)
                {
                    register_module($"{number}", module);
                }
            }
        }
    }

    /// <summary>What a teacher says about a batch.</summary>
    /// <param name="Index">Its position in the feed.</param>
    /// <param name="Share">Its weight among those that said something, 0 to 1.</param>
    private sealed record Taught(BatchTargets Targets, int Index, double Share);
}
