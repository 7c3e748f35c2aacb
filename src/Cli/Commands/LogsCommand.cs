using System.CommandLine;
using System.Globalization;
using Stillhouse.Cli.Clients;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using static Stillhouse.Messages.Runs.RunInquiries;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still logs RUN</c>: what has happened in a run, from its ledger, whichever coordinators and nodes there were.</summary>
internal static class LogsCommand
{
    /// <summary>How often a run that goes on is asked whether something has happened.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Command Create(Terminal terminal)
    {
        var run = new RunArgument();
        var follow = new Option<bool>("--follow") { Description = "go on until the run ends, or until Ctrl+C" };
        var trouble = new Option<bool>("--trouble") { Description = "show only what was lost or broke" };
        var cluster = new ClusterCommand(terminal);
        var command = new Command("logs", "Show what has happened in a run") { follow, trouble };
        run.AddTo(command);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => cluster.ConnectAsync(
            arguments,
            problems => run.Read(arguments, problems)?.Value,
            (connection, id) => PrintAsync(
                terminal, cluster, connection, new RunId(id), arguments.GetValue(follow), arguments.GetValue(trouble), cancellation),
            cancellation));
        return command;
    }

    private static async Task<int> PrintAsync(
        Terminal terminal,
        ClusterCommand cluster,
        ClusterConnection connection,
        RunId run,
        bool follows,
        bool onlyTrouble,
        CancellationToken cancellation)
    {
        var last = 0L;
        while (true)
        {
            History? page = null;
            var code = cluster.Answer(await connection.AskAsync(new ReadHistory(run, last), cancellation), answer =>
            {
                page = (History)answer;
                return ExitCode.Success;
            });
            if (page is null)
            {
                return code;
            }

            Print(terminal, page.Lines.Where(line => line.IsTrouble || !onlyTrouble));
            last = page.Lines.Count > 0 ? page.Lines[^1].Number : last;
            if (page.IsAll && (page.IsOver || !follows))
            {
                return ExitCode.Success;
            }

            if (page.IsAll)
            {
                await Task.Delay(Interval, terminal.Clock, cancellation);
            }
        }
    }

    private static void Print(Terminal terminal, IEnumerable<HistoryLine> lines)
    {
        var output = terminal.Output.Profile.Out.Writer;
        foreach (var line in lines)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z {(line.IsTrouble ? '!' : ' ')} {line.Text}"));
        }

        output.Flush();
    }
}
