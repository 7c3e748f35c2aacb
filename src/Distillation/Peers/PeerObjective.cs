using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Trials;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Peers;

/// <summary>The loss of a network that others learn beside: in every step it first answers them, then hears them where the exchange says so.</summary>
/// <param name="hearing">The loss of a step that hears the others.</param>
/// <param name="alone">The loss of any other step.</param>
/// <param name="answers">What the others are told.</param>
/// <param name="outbox">Where they ask.</param>
public sealed class PeerObjective(
    IObjective hearing, IObjective alone, PeerExchange exchange, IPeerAnswers answers, PeerOutbox outbox) : IObjective
{
    public TimeSpan Waited => hearing.Waited;

    /// <inheritdoc/>
    /// <exception cref="LessonsEndedException">The logits are no numbers any more, or another network has stopped: nothing sound is left to learn.</exception>
    public Tensor Loss(Batch batch, NetworkOutput output, Tensor labels_B, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Answer(batch, output.Logits_BC);
        if (exchange.HeardAt(batch.Number) is not { } heard)
        {
            return alone.Loss(batch, output, labels_B, cancellation);
        }

        try
        {
            var loss = hearing.Loss(batch, output, labels_B, cancellation);
            outbox.KeepFrom(exchange.KeptFrom(heard));
            return loss;
        }
        catch (LessonsEndedException e)
        {
            outbox.End($"stopped at step {batch.Number}: {e.Message}");
            throw;
        }
    }

    public byte[] Save() => outbox.Save();

    public void Restore(byte[] state) => outbox.Restore(state);

    private void Answer(Batch batch, Tensor logits_BC)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        if (!logits_BC.isfinite().all().item<bool>())
        {
            var reason = $"diverged: its logits are NaN or infinite at step {batch.Number}, after {batch.Number} good ones";
            outbox.End(reason);
            throw new LessonsEndedException(reason);
        }

        foreach (var (view, answer_BC) in answers.At(batch, logits_BC))
        {
            outbox.Put(view, answer_BC.cpu().contiguous().data<float>().ToArray());
        }
    }
}
