namespace Stillhouse.Messages.Lessons;

/// <summary>
/// How samples are augmented before a network sees them: a pure function of (seed, sample id, epoch), so that teacher and
/// student see the same (Beyer et al., 2106.05237). Two views are equal if they show every sample alike.
/// </summary>
public abstract record View
{
    /// <summary>Every sample as it is in the dataset, in every epoch.</summary>
    public static View Plain { get; } = new PlainView();
}

/// <summary>Samples as they are.</summary>
public sealed record PlainView : View
{
    public override string ToString() => "plain";
}

/// <summary>
/// Every sample moved by up to <paramref name="Pixels"/> pixels along each axis, each distance as likely as the other;
/// what moves in is black.
/// </summary>
/// <param name="Pixels">At least 1.</param>
/// <param name="Seed">Draws the distances.</param>
/// <param name="Epoch">The trial's epoch, from 0.</param>
public sealed record ShiftedView(int Pixels, long Seed, int Epoch) : View
{
    public override string ToString() => $"shift {Pixels} seed {Seed} epoch {Epoch}";
}

/// <summary>
/// The batch of a step, as all networks meet it that learn side by side, asked of one of them. Samples count within the batch: which
/// they are follows from the schedule, on which the network's identity depends.
/// </summary>
/// <param name="Step">Whose batch, from 0.</param>
/// <param name="Version">The network that answers, by the steps that it had done.</param>
public sealed record LiveView(long Step, long Version) : View
{
    public override string ToString() => $"step {Step} version {Version}";
}
