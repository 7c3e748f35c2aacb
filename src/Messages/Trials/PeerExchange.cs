using Stillhouse.Messages.Lessons;

namespace Stillhouse.Messages.Trials;

/// <summary>
/// What networks that learn side by side hear of each other, and when: a pure function of the step, so that their weights do not
/// depend on who was faster.
/// </summary>
/// <param name="Every">Steps between two exchanges; 0 where each step's own logits are handed on.</param>
/// <param name="BurnIn">The first step that hears the others.</param>
/// <param name="Lag">How many steps older what is heard may be than what is learnt, where each step's own logits are handed on.</param>
/// <param name="SaveEvery">Steps between two checkpoints.</param>
/// <param name="Deadline">Seconds that a step waits for the others.</param>
public sealed record PeerExchange(int Every, long BurnIn, int Lag, int SaveEvery, double Deadline)
{
    /// <summary>What a step hears of each other network; null for nothing.</summary>
    public LiveView? HeardAt(long step)
    {
        if (step < BurnIn)
        {
            return null;
        }

        var version = Every == 0 ? step - Lag : (step / Every * Every) - Every;
        return version < 0 ? null : new LiveView(Every == 0 ? version : step, version);
    }

    /// <summary>What is answered before a step is done, with the weights of that moment.</summary>
    /// <param name="steps">Steps of the training.</param>
    public IEnumerable<LiveView> AnsweredAt(long step, long steps)
    {
        if (Every == 0)
        {
            yield return new LiveView(step, step);
        }
        else if (step % Every == 0)
        {
            for (var later = Math.Max(step + Every, BurnIn); later < Math.Min(step + (2L * Every), steps); later++)
            {
                yield return new LiveView(later, step);
            }
        }
    }

    /// <summary>
    /// The first step whose answers may be asked again, once a step has been heard: the others had done the version's steps, and had
    /// saved themselves at the last multiple before it. If that checkpoint is damaged, they go on from the one before.
    /// </summary>
    public long KeptFrom(LiveView heard)
    {
        ArgumentNullException.ThrowIfNull(heard);
        return Math.Max(0, (heard.Version / SaveEvery) - 1) * SaveEvery;
    }
}
