using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Trials;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Peers;

/// <summary>What a network that learns tells the others before a step.</summary>
public interface IPeerAnswers
{
    /// <summary>Answers with their logits, <c>[B, C]</c>, in the order of the exchange; they belong to the current dispose scope.</summary>
    /// <param name="logits_BC">What the network makes of the step's own batch.</param>
    IEnumerable<(LiveView View, Tensor Logits_BC)> At(Batch batch, Tensor logits_BC);
}

/// <summary>The logits of every step, as it learns from them itself.</summary>
public sealed class OwnLogits : IPeerAnswers
{
    public IEnumerable<(LiveView View, Tensor Logits_BC)> At(Batch batch, Tensor logits_BC) =>
        [(new LiveView(batch.Number, batch.Number), logits_BC.detach())];
}

/// <summary>What the network makes of every step's batch in evaluation mode, without the noise of dropout: a teacher's answer while it learns.</summary>
public sealed class CurrentPredictions(Network network, Dataset dataset) : IPeerAnswers
{
    public IEnumerable<(LiveView View, Tensor Logits_BC)> At(Batch batch, Tensor logits_BC)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return [(new LiveView(batch.Number, batch.Number), network.Predict(dataset, [batch])[0])];
    }
}

/// <summary>
/// At every exchange what the network of that moment makes of the batches after the next exchange, in evaluation mode: the others need
/// not wait for it, and nobody needs a copy of its weights.
/// </summary>
public sealed class StalePredictions(PeerExchange exchange, Network network, Dataset dataset, TrainingSteps steps) : IPeerAnswers
{
    public IEnumerable<(LiveView View, Tensor Logits_BC)> At(Batch batch, Tensor logits_BC)
    {
        ArgumentNullException.ThrowIfNull(batch);
        LiveView[] views = [.. exchange.AnsweredAt(batch.Number, steps.Count)];
        if (views.Length == 0)
        {
            return [];
        }

        return [.. views.Zip(network.Predict(dataset, steps.From(views[0].Step).Take(views.Length)))];
    }
}

file static class Predictions
{
    /// <summary>Logits <c>[B, C]</c> of each batch in evaluation mode; a network in training goes on as it was.</summary>
    public static Tensor[] Predict(this Network network, Dataset dataset, IEnumerable<Batch> batches)
    {
        network.eval();
        Tensor[] logits =
        [
            .. batches.Select(batch => network.call(Batches.Inputs(dataset.Train, dataset.Shape, batch.View, batch.SampleIds, network.Device))),
        ];
        network.train();
        return logits;
    }
}
