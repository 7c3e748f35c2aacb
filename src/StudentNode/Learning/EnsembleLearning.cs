using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using Stillhouse.Transport.Codecs;
using static TorchSharp.torch;

namespace Stillhouse.StudentNode.Learning;

/// <summary>
/// Finds what each teacher counts: as the spec says, or learnt from what they say about the validation split. That is asked again whenever
/// the trial begins anew, and answered alike.
/// </summary>
public sealed class EnsembleLearning(TaughtFeeds feeds)
{
    public async Task<TeacherWeights> WeighAsync(
        DistillWork work, Dataset dataset, TorchThread thread, TeacherRoster roster, CancellationToken cancellation)
    {
        if (!EnsembleName.IsLearnt(work.Distillation.Ensemble))
        {
            return new TeacherWeights([.. work.Teachers.Select(teacher => teacher.EnsembleWeight)], ByClass: null);
        }

        var paper = new ExaminationPaper(Split.Validation, dataset.Validation.Count, work.Network.Schedule.Block);
        var feed = feeds.Open(work, dataset, paper.Blocks, paper.Batches, new Fp32Codec(), quorum: null, roster);
        await using (feed.ConfigureAwait(false))
        {
            return await thread.RunAsync(() => Learn(work, dataset, paper, feed, cancellation), cancellation).ConfigureAwait(false);
        }
    }

    private static TeacherWeights Learn(
        DistillWork work, Dataset dataset, ExaminationPaper paper, TaughtFeed feed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var logits_MNC = TaughtLogits.Collect(paper, feed, work.Teachers.Count, dataset.Classes, cancellation);
        var labels = dataset.Validation.Labels.Span;
        return new TeacherWeights(
            MixtureWeights.Learn(logits_MNC, labels),
            work.Distillation.Ensemble == EnsembleName.RoutedProbabilities ? MixtureWeights.LearnByClass(logits_MNC, labels) : null);
    }
}

/// <summary>What each teacher of a trial counts among the others.</summary>
/// <param name="Common">Over all samples, [M].</param>
/// <param name="ByClass">For samples of each class, [C][M]; null where that makes no difference.</param>
public sealed record TeacherWeights(IReadOnlyList<double> Common, IReadOnlyList<double[]>? ByClass)
{
    /// <summary>For the report; null where nothing was learnt.</summary>
    public IReadOnlyList<LearntWeight>? Learnt(DistillWork work) => !EnsembleName.IsLearnt(work.Distillation.Ensemble)
        ? null
        : [.. work.Teachers.Select((teacher, m) => new LearntWeight(
            teacher.Name, Common[m], ByClass is { } routes ? [.. routes.Select(route_M => route_M[m])] : null))];
}
