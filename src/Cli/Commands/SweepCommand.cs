using System.CommandLine;
using Stillhouse.Cli.Clients;
using Stillhouse.Cli.Views;
using static Stillhouse.Messages.Runs.RunInquiries;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still sweep best RUN</c>: the best that a run's sweep has found, now or in the end.</summary>
internal static class SweepCommand
{
    public static Command Create(Terminal terminal) => new("sweep", "Look at the sweep of a run") { CreateBest(terminal) };

    private static Command CreateBest(Terminal terminal)
    {
        var run = new RunArgument();
        var json = new Option<bool>("--json") { Description = "print it as JSON" };
        var cluster = new ClusterCommand(terminal);
        var command = new Command("best", "Show the best trial so far, and with several objectives the Pareto front") { json };
        run.AddTo(command);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => cluster.AskAsync(
            arguments,
            problems => run.Read(arguments, problems) is { } id ? new FindBest(id) : null,
            answer => Write(terminal, (BestFound)answer, arguments.GetValue(json)),
            cancellation));
        return command;
    }

    private static int Write(Terminal terminal, BestFound found, bool asJson)
    {
        if (found.Objectives.Count == 0)
        {
            terminal.Error.WriteLine($"run {found.Run} has no sweep; still trials {found.Run} shows what it has");
            return ExitCode.RunFailed;
        }

        if (asJson)
        {
            terminal.SayJson(found);
        }
        else if (found.Best is not { } best)
        {
            terminal.Say($"no trial of run {found.Run} has finished yet; {Words.Count(found.Ended)} have ended");
        }
        else
        {
            terminal.Say($"best by {found.Objectives[0]} {(found.IsConcluded ? "of" : "so far, after")} {Words.Count(found.Ended)} trials:");
            terminal.Output.Write(TrialTable.Of([best]));
            if (found.Front.Count > 0)
            {
                terminal.Say($"front ({string.Join(", ", found.Objectives)}), {(found.Front.Count < found.FrontSize ? $"the first {found.Front.Count} of " : "")}{Words.Count(found.FrontSize)} trials:");
                terminal.Output.Write(TrialTable.Of(found.Front));
            }

            terminal.Say($"digest: {best.Digest}");
        }

        return ExitCode.Success;
    }
}
