using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Stillhouse.Cli.Views;
using Stillhouse.Messages.Runs;
using static Stillhouse.Messages.Runs.CatalogueProtocol;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still list</c>: the runs of a cluster.</summary>
internal static class ListCommand
{
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterCommand(terminal);
        var json = new Option<bool>("--json") { Description = "print them as JSON" };
        var command = new Command("list", "List the runs of a cluster, and where they stand") { json };
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => cluster.AskPagesAsync(
            arguments,
            _ => skip => new ListRuns(skip),
            answer => (((Runs)answer).Listings, ((Runs)answer).Total),
            runs => Write(terminal, runs, arguments.GetValue(json)),
            cancellation));
        return command;
    }

    private static int Write(Terminal terminal, IReadOnlyList<RunListing> runs, bool asJson)
    {
        if (asJson)
        {
            terminal.SayJson(runs);
        }
        else if (runs.Count == 0)
        {
            terminal.Say("no runs yet; submit one with still submit SPEC");
        }
        else
        {
            terminal.Output.Write(Table(runs));
        }

        return ExitCode.Success;
    }

    private static Table Table(IReadOnlyList<RunListing> runs)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in new[] { "run", "spec", "priority", "stands", "since", "submitted" })
        {
            table.AddColumn(new TableColumn(column) { NoWrap = true });
        }

        foreach (var run in runs)
        {
            table.AddRow(
                Markup.Escape(run.Run.Value), Markup.Escape(run.Name), run.Priority.ToString(CultureInfo.InvariantCulture), Words.Of(run.Status), Time(run.Since), Time(run.SubmittedAt));
        }

        return table;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
