using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Peers;
using Stillhouse.Distillation.Training;
using Stillhouse.Distillation.Training.Checkpoints;
using Stillhouse.Distillation.Weights;
using Stillhouse.Hosting.Teaching;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Trials;
using Stillhouse.Transport.Feeds;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.StudentNode.Learning;

/// <summary>Trains a network beside others: serves what it makes of every batch while it learns, and for as long as the others may ask.</summary>
public sealed class PeerWorkshop(ArtifactStore artifacts, TaughtFeeds feeds, ServedTeachers served, ITeachingAddress address, TimeProvider time)
{
    /// <summary>Ages that a report tells apart.</summary>
    private const int StalenessBuckets = 20;

    /// <param name="serving">Told where the others can ask, as soon as they can.</param>
    /// <param name="cancellation">Ends the training; it also ends the service, when the training has long finished.</param>
    /// <exception cref="TimeoutException">Another network has kept this one waiting for too long.</exception>
    public async Task<TrainedOutcome> TrainAsync(
        PeerWork work,
        Dataset dataset,
        TorchThread thread,
        TrainingCheckpoints saved,
        TeacherRoster roster,
        Action<Uri> serving,
        IProgress<TrialProgress> progress,
        CancellationToken cancellation)
    {
        var reachable = await address.GetAsync(cancellation).ConfigureAwait(false);
        var outbox = new PeerOutbox(work.Identity, dataset.Digest, dataset.Classes, dataset.Shape.Size);
        var service = served.Add(outbox);
        cancellation.UnsafeRegister(_ => service.Dispose(), null);
        serving(reachable);
        var steps = new TrainingSteps(work.Network, dataset.Train);
        var feed = feeds.OpenLive(work, dataset, Heard(work.Exchange, steps, saved.FirstStep), roster, reachable);
        await using (feed.ConfigureAwait(false))
        {
            var trained = await thread
                .RunAsync(() => Train(work, dataset, steps, outbox, feed, saved, progress, cancellation), cancellation)
                .ConfigureAwait(false);
            return trained with { Lessons = feed.Lessons with { Staleness = Staleness(work, trained.Stopped?.Step ?? steps.Count) } };
        }
    }

    private static IEnumerable<LiveBatch> Heard(PeerExchange exchange, TrainingSteps steps, long first)
    {
        for (var step = first; step < steps.Count; step++)
        {
            if (exchange.HeardAt(step) is { } view)
            {
                yield return new LiveBatch(step, new Lesson(Split.Train, view, new SampleRange(0, steps.SizeOf(view.Step))));
            }
        }
    }

    private TrainedOutcome Train(
        PeerWork work,
        Dataset dataset,
        TrainingSteps steps,
        PeerOutbox outbox,
        TaughtFeed feed,
        TrainingCheckpoints saved,
        IProgress<TrialProgress> progress,
        CancellationToken cancellation)
    {
        using var network = Networks.Create(work.Network.Model, work.Network.Seed);
        var alone = new LabelObjective(work.Network.Training.LabelSmoothing);
        using var taught = work.Learns
            ? new DistillObjective(work.Distillation, steps, [.. work.Teachers.Select(teacher => teacher.EnsembleWeight)], feed, time)
            : null;
        IPeerAnswers answers = work switch
        {
            { Exchange.Every: > 0 } => new StalePredictions(work.Exchange, network, dataset, steps),
            { Learns: false } => new CurrentPredictions(network, dataset),
            _ => new OwnLogits(),
        };
        var objective = new PeerObjective(taught as IObjective ?? new AttendedLabels(alone, feed, time), alone, work.Exchange, answers, outbox);
        var trained = Trainer.Train(network, work.Network, dataset, objective, saved, progress, time, cancellation);
        return Outcome(network, network.IsFinite ? trained : GoBack(network, work, trained, dataset, saved));
    }

    private TrainedOutcome Outcome(Network network, TrainedNetwork trained) =>
        new(artifacts.Put(network.Save()), network.ParameterCount, trained.Validation, trained.Pace) { Stopped = trained.Stopped };

    /// <summary>A network that has diverged goes back to where it was saved last, or to its beginning.</summary>
    private static TrainedNetwork GoBack(
        Network network, PeerWork work, TrainedNetwork trained, Dataset dataset, TrainingCheckpoints saved)
    {
        var last = saved.Latest();
        using var initial = Networks.Create(work.Network.Model, work.Network.Seed);
        network.Load(SafetensorsFile.Parse(last?.Network ?? initial.Save(), "checkpoint"));
        var stopped = trained.Stopped ?? new StoppedTraining(new TrainingSteps(work.Network, dataset.Train).Count, "diverged in its last step");
        var reason = $"{stopped.Reason}; its weights are those after {last?.Progress.Total.Steps ?? 0}";
        return trained with { Validation = Evaluator.Accuracy(network, dataset.Validation), Stopped = stopped with { Reason = reason } };
    }

    /// <summary>Of all steps up to the last, resumed or not: it follows from the exchange.</summary>
    private static StalenessReport[] Staleness(PeerWork work, long steps)
    {
        var width = Math.Max(1, work.Exchange.Every / StalenessBuckets);
        var counts = new SortedDictionary<long, long>();
        for (var step = 0L; step < steps && work.Learns; step++)
        {
            if (work.Exchange.HeardAt(step) is { } heard)
            {
                var age = (step - heard.Version) / width * width;
                counts[age] = counts.GetValueOrDefault(age) + 1;
            }
        }

        return [.. counts.Select(bucket => new StalenessReport(bucket.Key, bucket.Value))];
    }
}
