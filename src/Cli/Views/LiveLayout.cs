using Stillhouse.Messages.Runs;

namespace Stillhouse.Cli.Views;

/// <summary>
/// Widths of the live view's columns, in characters. They depend on the terminal and on names alone, so that nothing
/// moves while figures change and every trial keeps its one line.
/// </summary>
/// <param name="Figures">Of epoch, loss, validation (0 where there is no room), samples per second and time left.</param>
internal sealed record LiveLayout(int Trial, int Bar, LiveFigures Figures, int State)
{
    private const int Wide = 120;
    private const int WidestName = 16;
    private const int NarrowestState = 8;

    /// <summary>What a table takes besides its columns: the edges, and two characters between columns.</summary>
    private const int Edges = 3;
    private const int Gap = 2;

    public static LiveLayout Of(RunSnapshot run, int width)
    {
        var isWide = width >= Wide;
        var trial = Math.Clamp(run.Trials.Select(trial => trial.Name.Length).DefaultIfEmpty().Max(), 5, WidestName);
        var epochs = run.Trials.Select(trial => trial.Progress?.Epochs ?? 0).DefaultIfEmpty().Max();
        var figures = new LiveFigures(Epoch: Math.Max(5, (2 * $"{epochs}".Length) + 1), Loss: 7, Validation: isWide ? 10 : 0, Speed: 9, Left: 7);
        var bar = isWide ? 24 : 8;
        return new LiveLayout(trial, bar, figures, Rest(width, [trial, bar, .. figures.Present]));
    }

    /// <summary>What is left for a last column, beside others of the given widths.</summary>
    public static int Rest(int width, IReadOnlyCollection<int> others) =>
        Math.Max(NarrowestState, width - Edges - others.Sum(other => other + Gap));
}

/// <summary>See <see cref="LiveLayout"/>.</summary>
internal sealed record LiveFigures(int Epoch, int Loss, int Validation, int Speed, int Left)
{
    public IEnumerable<int> Present => new[] { Epoch, Loss, Validation, Speed, Left }.Where(width => width > 0);
}
