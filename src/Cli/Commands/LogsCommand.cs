using System.CommandLine;
using Stillhouse.Cli.Clients;
using static Stillhouse.Messages.Runs.RunInquiries;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still logs RUN</c>: what has happened in a run, from its ledger, whichever coordinators and nodes there were.</summary>
internal static class LogsCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new RunArgument();
        var trial = new Argument<string?>("TRIAL") { Description = "only what is about this trial", Arity = ArgumentArity.ZeroOrOne };
        var follow = new Option<bool>("--follow") { Description = "go on until the run ends, or until Ctrl+C" };
        var trouble = new Option<bool>("--trouble") { Description = "show only what was lost or broke" };
        var cluster = new ClusterCommand(terminal);
        var command = new Command("logs", "Show what has happened in a run, or to one of its trials") { follow, trouble };
        run.AddTo(command);
        command.Add(trial);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => cluster.ConnectAsync(
            arguments,
            problems => run.Read(arguments, problems) is { } id ? new ReadHistory(id, After: 0, arguments.GetValue(trial)) : null,
            (connection, question) => new HistoryReading(terminal, cluster, connection, arguments.GetValue(follow), arguments.GetValue(trouble))
                .PrintAsync(question, cancellation),
            cancellation));
        return command;
    }
}
