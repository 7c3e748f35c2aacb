using System.Globalization;
using Spectre.Console;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Cli.Views;

/// <summary>Trials as rows.</summary>
internal static class TrialTable
{
    public static Table Of(IReadOnlyList<TrialListing> trials)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in new[] { "trial", "stands", "node", "epochs", "validation", "parameters", "ms/batch", "tries" })
        {
            table.AddColumn(new TableColumn(column)
            {
                Alignment = column is "epochs" or "validation" or "parameters" or "ms/batch" ? Justify.Right : Justify.Left,
                NoWrap = column != "tries",
            });
        }

        foreach (var trial in trials)
        {
            table.AddRow(
                Markup.Escape(trial.Trial),
                Words.Of(trial.Status),
                Markup.Escape(trial.Node ?? ""),
                trial.Epochs is { } epochs ? Words.Count(epochs) : "",
                trial.Accuracy is { } accuracy ? Words.Percent(accuracy) : "",
                trial.Parameters is { } parameters ? Words.Count(parameters) : "",
                trial.LatencyMilliseconds is { } latency ? latency.ToString("F2", CultureInfo.InvariantCulture) : "",
                Markup.Escape(trial.Assignment ?? ""));
        }

        return table;
    }
}
