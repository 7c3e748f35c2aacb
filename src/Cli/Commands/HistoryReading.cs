using System.Globalization;
using Stillhouse.Cli.Clients;
using Stillhouse.Messages.Runs;
using static Stillhouse.Messages.Runs.RunInquiries;

namespace Stillhouse.Cli.Commands;

/// <summary>Reads a run's history page by page, and prints it.</summary>
internal sealed class HistoryReading(Terminal terminal, ClusterCommand cluster, ClusterConnection connection, bool follows, bool onlyTrouble)
{
    /// <summary>How often a run that goes on is asked whether something has happened.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <returns>The exit code.</returns>
    public async Task<int> PrintAsync(ReadHistory question, CancellationToken cancellation)
    {
        var isEmpty = true;
        while (true)
        {
            History? page = null;
            var code = cluster.Answer(await connection.AskAsync(question, cancellation), answer =>
            {
                page = (History)answer;
                return ExitCode.Success;
            });
            if (page is null)
            {
                return code;
            }

            HistoryLine[] lines = [.. page.Lines.Where(line => line.IsTrouble || !onlyTrouble)];
            Print(lines);
            isEmpty &= lines.Length == 0;
            question = question with { After = page.Last };
            if (page.IsAll && (page.IsOver || !follows))
            {
                if (isEmpty)
                {
                    terminal.Say($"nothing has {(onlyTrouble ? "been lost or broken" : "happened")} so far");
                }

                return ExitCode.Success;
            }

            if (page.IsAll)
            {
                await Task.Delay(Interval, terminal.Clock, cancellation);
            }
        }
    }

    private void Print(IEnumerable<HistoryLine> lines)
    {
        foreach (var line in lines)
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{line.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z {(line.IsTrouble ? '!' : ' ')} {line.Text}"));
        }
    }
}
