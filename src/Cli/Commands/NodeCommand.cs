using System.CommandLine;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stillhouse.Cli.Nodes;
using Stillhouse.Coordinator.Ledger;
using Stillhouse.Distillation.Native;
using Stillhouse.Hosting;
using Stillhouse.Messages.Nodes;
using Stillhouse.Orchestration.Specs;

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

    public static Command Create(Terminal terminal)
    {
        var command = new Command("node", "Start one node of a cluster, and run it until Ctrl+C");
        foreach (var (role, description) in Roles)
        {
            command.Add(Create(role, description, terminal));
        }

        return command;
    }

    private static Command Create(string role, string description, Terminal terminal)
    {
        var arguments = new NodeArguments();
        var command = new Command(role, $"Start {description}");
        arguments.AddTo(command, role);
        command.SetAction((result, cancellation) => RunAsync(role, arguments, result, terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string role, NodeArguments arguments, ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var problems = new List<SpecProblem>();
        if (arguments.Read(role, result, problems) is not { } options)
        {
            return ProblemList.Write(terminal.Error, problems);
        }

        if (role != NodeRole.Coordinator)
        {
            TorchRuntime.EnsureLoadable();
        }

        var (log, lifetime) = (arguments.LogFile(result), arguments.Lifetime(result));
        using var host = NodeHost.Build(options, log, lifetime);
        await host.StartAsync(cancellation);
        if (lifetime == NodeLifetime.Signals)
        {
            terminal.Say($"{role} {options.Name} runs until Ctrl+C; log: {log}");
        }

        var system = host.Services.GetRequiredService<ActorSystem>();
        await host.WaitForShutdownAsync(cancellation);
        if (Failure(CoordinatedShutdown.Get(system).ShutdownReason, options) is not { } failure)
        {
            return ExitCode.Success;
        }

        await terminal.Error.WriteLineAsync($"failed: {failure}{Environment.NewLine}details: {log}");
        return ExitCode.RunFailed;
    }

    /// <summary>Why the node ended, where nobody had asked it to.</summary>
    internal static string? Failure(CoordinatedShutdown.Reason? reason, NodeOptions options) => reason switch
    {
        CoordinatedShutdown.ClusterJoinUnsuccessfulReason when options.Peers.Count > 0 =>
            $"no member answered at {string.Join(", ", options.Peers)}; leave --peers out where this coordinator is to form the cluster",
        CoordinatedShutdown.ClusterJoinUnsuccessfulReason => $"no coordinator answered at {string.Join(", ", options.Seeds)}",
        UnreadableLedger.Refusal refusal => refusal.Finding,
        CoordinatedShutdown.ClusterDowningReason => "the cluster went on without this node, which it could not reach",
        _ => null,
    };
}
