using Spectre.Console;
using Spectre.Console.Rendering;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Cli.Views;

/// <summary>A run on one screen: a bar per trial, and below what each node does.</summary>
internal static class LiveScreen
{
    public static IRenderable Empty { get; } = new Text("starting the nodes; they find each other within seconds");

    /// <param name="width">Of the terminal, in characters.</param>
    public static IRenderable Of(RunSnapshot run, TimeLeft timeLeft, int width) =>
        new Rows(
        [
            Trials(run, timeLeft, LiveLayout.Of(run, width)),
            .. run.Sweep is { Proposed: > 0 } sweep ? [new Text(Words.Fit(Words.Of(sweep), width))] : Array.Empty<IRenderable>(),
            Nodes(run.Nodes, width),
        ]);

    private static Table Trials(RunSnapshot run, TimeLeft timeLeft, LiveLayout layout)
    {
        var columns = Columns(layout).Where(column => column.Width > 0).ToArray();
        var table = TableOf(columns.Select(column => (column.Name, column.Width, column.Align)));
        foreach (var trial in run.Trials)
        {
            table.AddRow(columns.Select(column => column.Cell(trial, timeLeft)));
        }

        return table;
    }

    private static IEnumerable<Column> Columns(LiveLayout layout) =>
    [
        new("trial", layout.Trial, Justify.Left, (trial, _) => Cell(trial.Name, layout.Trial)),
        new("", layout.Bar, Justify.Left, (trial, _) => Bar(trial, layout.Bar)),
        Figure("epoch", layout.Figures.Epoch, (trial, _) => trial.Progress is { } progress ? $"{progress.Epoch}/{progress.Epochs}" : null),
        Figure("loss", layout.Figures.Loss, (trial, _) => trial.Progress?.Loss is { } loss ? Words.Loss(loss) : null),
        Figure("validation", layout.Figures.Validation, (trial, _) => trial.Progress?.Validation is { } share ? Words.Percent(share) : null),
        Figure("samples/s", layout.Figures.Speed, (trial, _) => Speed(trial)),
        Figure("left", layout.Figures.Left, (trial, timeLeft) => timeLeft.Of(trial) is { } time ? Words.Duration(time) : null),
        new("", layout.State, Justify.Left, (trial, _) => Cell(State(trial), layout.State)),
    ];

    private static Column Figure(string name, int width, Func<TrialSnapshot, TimeLeft, string?> write) =>
        new(name, width, Justify.Right, (trial, timeLeft) => new Text(write(trial, timeLeft) ?? ""));

    private static string? Speed(TrialSnapshot trial) =>
        trial is { Status: TrialStatus.Running, Progress.SamplesPerSecond: > 0 and var speed } ? Words.Count(speed) : null;

    private static string State(TrialSnapshot trial) =>
        trial is { Status: TrialStatus.Running, Progress.WaitShare: > 0 and var share }
            ? $"{Words.State(trial)}, waiting {Words.Percent(share)}"
            : Words.State(trial);

    private static Markup Bar(TrialSnapshot trial, int width)
    {
        var done = trial switch
        {
            { Status: TrialStatus.Finished } => width,
            { Progress: { Steps: > 0 } progress } => (int)(width * progress.Step / progress.Steps),
            _ => 0,
        };
        var colour = trial.Status switch
        {
            TrialStatus.Finished => "green",
            TrialStatus.Pruned => "grey",
            TrialStatus.Failed or TrialStatus.Stopped => "red",
            _ => "yellow",
        };
        return new Markup($"[{colour}]{new string('━', done)}[/][grey]{new string('─', width - done)}[/]");
    }

    private static Table Nodes(IReadOnlyList<NodeSnapshot> nodes, int width)
    {
        var names = nodes.Select(node => node.Node.Length).Append("node".Length).Max();
        var roles = nodes.Select(node => Roles(node).Length).Append("roles".Length).Max();
        var rest = LiveLayout.Rest(width, [names, roles]);
        var table = TableOf([("node", names, Justify.Left), ("roles", roles, Justify.Left), ("does", rest, Justify.Left)]);
        foreach (var node in nodes)
        {
            table.AddRow(new Text(node.Node), new Text(Roles(node)), Cell(node.Activity, rest));
        }

        return table;
    }

    private static string Roles(NodeSnapshot node) => string.Join(", ", node.Roles);

    private static Table TableOf(IEnumerable<(string Name, int Width, Justify Align)> columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (name, width, align) in columns)
        {
            table.AddColumn(new TableColumn(name) { Width = width, Alignment = align, NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        }

        return table;
    }

    private static Text Cell(string text, int width) => new(Words.Fit(text, width));

    private sealed record Column(string Name, int Width, Justify Align, Func<TrialSnapshot, TimeLeft, IRenderable> Cell);
}
