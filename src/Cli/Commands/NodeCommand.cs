using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Stillhouse.Cli.Nodes;
using Stillhouse.Distillation.Native;
using Stillhouse.Messages.Nodes;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still node coordinator|teacher|student</c>: runs one node until it is told to stop.</summary>
internal static class NodeCommand
{
    private static readonly (string Role, string Description)[] Roles =
    [
        (NodeRole.Coordinator, "a node that decides: runs, schedules, placement"),
        (NodeRole.Teacher, "a node that trains and serves teachers"),
        (NodeRole.Student, "a node that trains students"),
    ];

    public static Command Create()
    {
        var command = new Command("node", "Start one node of a cluster");
        foreach (var (role, description) in Roles)
        {
            command.Add(Create(role, description));
        }

        return command;
    }

    private static Command Create(string role, string description)
    {
        var arguments = new NodeArguments();
        var command = new Command(role, $"Start {description}");
        arguments.AddTo(command);
        command.SetAction((result, cancellation) => RunAsync(role, arguments, result, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string role, NodeArguments arguments, ParseResult result, CancellationToken cancellation)
    {
        if (role != NodeRole.Coordinator)
        {
            TorchRuntime.EnsureLoadable();
        }

        using var host = NodeHost.Build(arguments.Read(role, result), arguments.LogFile(result), arguments.Lifetime(result));
        await host.RunAsync(cancellation);
        return ExitCode.Success;
    }
}
