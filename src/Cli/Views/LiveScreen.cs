using Spectre.Console;
using Spectre.Console.Rendering;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Cli.Views;

/// <summary>A run on one screen: a bar per trial, and below what each node does.</summary>
internal static class LiveScreen
{
    private const int BarWidth = 24;

    public static IRenderable Empty { get; } = new Text("starting");

    public static IRenderable Of(RunSnapshot run, TimeLeft timeLeft) =>
        new Rows(Trials(run.Trials, timeLeft), Nodes(run.Nodes));

    private static Table Trials(IEnumerable<TrialSnapshot> trials, TimeLeft timeLeft)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("trial", "", "epoch", "loss", "validation", "samples/s", "left", "");
        foreach (var column in table.Columns.Skip(2).Take(5))
        {
            column.Alignment = Justify.Right;
            column.NoWrap = true;
        }

        foreach (var trial in trials)
        {
            table.AddRow(Row(trial, timeLeft.Of(trial)));
        }

        return table;
    }

    private static IEnumerable<IRenderable> Row(TrialSnapshot trial, TimeSpan? left)
    {
        var progress = trial.Progress;
        var isRunning = trial.Status == TrialStatus.Running;
        yield return new Text(trial.Name);
        yield return Bar(trial);
        yield return new Text(progress is null ? "" : $"{progress.Epoch}/{progress.Epochs}");
        yield return new Text(progress?.Loss is { } loss ? Words.Loss(loss) : "");
        yield return new Text(progress?.Validation is { } accuracy ? Words.Percent(accuracy) : "");
        yield return new Text(progress is not null && isRunning ? Words.Count(progress.SamplesPerSecond) : "");
        yield return new Text(left is { } time ? Words.Duration(time) : "");
        var waits = isRunning && progress is { WaitShare: > 0 } ? $", waiting {Words.Percent(progress.WaitShare)}" : "";
        yield return new Text(Words.State(trial) + waits);
    }

    private static Markup Bar(TrialSnapshot trial)
    {
        var done = trial switch
        {
            { Status: TrialStatus.Finished } => BarWidth,
            { Progress: { Steps: > 0 } progress } => (int)(BarWidth * progress.Step / progress.Steps),
            _ => 0,
        };
        var colour = trial.Status switch
        {
            TrialStatus.Finished => "green",
            TrialStatus.Failed or TrialStatus.Stopped => "red",
            _ => "yellow",
        };
        return new Markup($"[{colour}]{new string('━', done)}[/][grey]{new string('━', BarWidth - done)}[/]");
    }

    private static Table Nodes(IEnumerable<NodeSnapshot> nodes)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("node", "roles", "does");
        foreach (var node in nodes)
        {
            table.AddRow(new Text(node.Node), new Text(string.Join(", ", node.Roles)), new Text(node.Activity));
        }

        return table;
    }
}
