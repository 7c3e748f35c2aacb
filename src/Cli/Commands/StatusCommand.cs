using System.CommandLine;
using Stillhouse.Cli.Clients;
using Stillhouse.Cli.Views;
using Stillhouse.Messages.Runs;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still status RUN</c>: where a run of a cluster stands, once.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new RunArgument();
        var json = new Option<bool>("--json") { Description = "print it as JSON" };
        var cluster = new ClusterCommand(terminal);
        var command = new Command("status", "Show where a run stands") { json };
        run.AddTo(command);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => cluster.AskAsync(
            arguments,
            problems => run.Read(arguments, problems) is { } id ? new WatchRun(id) : null,
            answer => Write(terminal, ((RunChanged)answer).Snapshot, arguments.GetValue(json)),
            cancellation));
        return command;
    }

    private static int Write(Terminal terminal, RunSnapshot run, bool asJson)
    {
        if (asJson)
        {
            terminal.SayJson(run);
        }
        else
        {
            terminal.Say($"run {run.Run}: {Words.Of(run.Status)}");
            terminal.Output.Write(LiveScreen.Of(run, new TimeLeft(terminal.Clock), terminal.Output.Profile.Width));
        }

        return ExitCode.Success;
    }
}
