using System.CommandLine;
using Stillhouse.Cli.Clients;
using Stillhouse.Cli.Views;
using Stillhouse.Messages.Runs;
using static Stillhouse.Messages.Runs.RunInquiries;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still trials RUN</c>: every trial of a run, as its ledger knows it.</summary>
internal static class TrialsCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new RunArgument();
        var json = new Option<bool>("--json") { Description = "print them as JSON" };
        var cluster = new ClusterCommand(terminal);
        var command = new Command("trials", "List the trials of a run, and what each has come to") { json };
        run.AddTo(command);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => cluster.AskPagesAsync(
            arguments,
            problems => run.Read(arguments, problems) is { } id ? skip => new ListTrials(id, skip) : null,
            answer => (((Trials)answer).Listings, ((Trials)answer).Total),
            trials => Write(terminal, trials, arguments.GetValue(json)),
            cancellation));
        return command;
    }

    private static int Write(Terminal terminal, IReadOnlyList<TrialListing> trials, bool asJson)
    {
        if (asJson)
        {
            terminal.SayJson(trials);
        }
        else
        {
            terminal.Output.Write(TrialTable.Of(trials));
        }

        return ExitCode.Success;
    }
}
