using System.CommandLine;
using Stillhouse.Cli.Clients;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still watch RUN</c>: shows a run of a cluster until it ends, or until Ctrl+C.</summary>
internal static class WatchCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new RunArgument();
        var cluster = new ClusterCommand(terminal);
        var command = new Command("watch", "Show a run until it ends; Ctrl+C leaves it alone");
        run.AddTo(command);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => cluster.ConnectAsync(
            arguments,
            problems => run.Read(arguments, problems)?.Value,
            (connection, id) => new RunWatch(terminal).FollowAsync(connection, new(id), ExitCode.Success),
            cancellation));
        return command;
    }
}
