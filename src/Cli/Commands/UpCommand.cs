using System.CommandLine;
using Stillhouse.Cli.Clients;
using Stillhouse.Cli.Nodes;
using Stillhouse.Cli.Running;
using Stillhouse.Cli.Views;
using Stillhouse.Distillation.Native;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still up</c>: a cluster of processes on this machine, in the foreground.</summary>
internal static class UpCommand
{
    private const string DefaultFolder = ".stillhouse";
    private const string FolderName = "--dir";
    private const string PortName = "--port";

    private static string ArtifactsIn(string folder) => Path.Combine(folder, "artifacts");

    public static Command Create(Terminal terminal)
    {
        var nodes = new Option<string>("--nodes")
        {
            Description = "how many processes of each role; a role left out has one",
            HelpName = "role=N,...",
            DefaultValueFactory = _ => "coordinators=1,teachers=3,students=2",
        };
        var folder = new Option<string>(FolderName)
        {
            Description = "where weights, checkpoints, the ledger and logs are kept; what is there goes on",
            HelpName = "DIR",
            DefaultValueFactory = _ => DefaultFolder,
        };
        var port = new Option<string>(PortName)
        {
            Description = "the first coordinator's TCP port, which clients name", HelpName = "PORT", DefaultValueFactory = _ => $"{ClusterOption.DefaultPort}",
        };
        var threads = new ThreadsArgument();
        var checkpoints = new CheckpointArgument();
        var ledger = new LedgerArgument();
        var targets = new TargetArguments();
        var command = new Command("up", "Run a cluster of processes on this machine until Ctrl+C") { nodes, folder, port };
        threads.AddTo(command);
        checkpoints.AddTo(command);
        ledger.AddTo(command);
        targets.AddTo(command);
        command.SetAction(async (arguments, _) =>
        {
            var problems = new List<SpecProblem>();
            var counts = NodeCounts.Read(arguments.GetRequiredValue(nodes), problems);
            var root = Path.GetFullPath(arguments.GetRequiredValue(folder));
            var admission = new NodeAdmission(problems);
            admission.Folder(FolderName, root);
            var first = admission.Port(PortName, arguments.GetRequiredValue(port), "127.0.0.1");
            var kept = targets.Read(arguments).Read(problems);
            var each = threads.Read(arguments, problems);
            var saved = checkpoints.Read(arguments, problems);
            var facts = ledger.Read(arguments, ArtifactsIn(root), problems);
            using var own = problems.Count > 0 ? null : Lock(root, problems);
            return problems.Count > 0
                ? ProblemList.Write(terminal.Error, problems)
                : await RunAsync(
                    new ClusterRequest(counts!, new NodeFolders(ArtifactsIn(root), Path.Combine(root, "logs")), kept!, each, first, facts, saved), terminal);
        });
        return command;
    }

    private static FolderLock? Lock(string folder, List<SpecProblem> problems)
    {
        if (FolderLock.TryTake(folder) is { } taken)
        {
            return taken;
        }

        problems.Add(new SpecProblem(
            Place.Option(FolderName), $"{folder}, which another cluster uses", "a folder of the cluster's own", "stop that cluster, or name another folder"));
        return null;
    }

    private static async Task<int> RunAsync(ClusterRequest request, Terminal terminal)
    {
        TorchRuntime.EnsureLoadable();
        Directory.CreateDirectory(request.Folders.Artifacts);
        Directory.CreateDirectory(request.Folders.Logs);
        var view = new PlainRunView(terminal.Output.Profile.Out.Writer, terminal.Clock);
        using var interruption = new Interruption(() => view.Note("stopping; Ctrl+C again ends at once"));
        try
        {
            await using var cluster = await ProcessCluster.StartAsync(request, view, interruption, interruption.Token);
            view.Note($"the cluster is up at 127.0.0.1:{request.Port}; give it a run with: still submit SPEC{Elsewhere(request)}");
            await cluster.Broken.WaitAsync(interruption.Token);
            await terminal.Error.WriteLineAsync($"failed: {await cluster.Broken}{Environment.NewLine}details: {request.Folders.Logs}");
            return ExitCode.RunFailed;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            view.Note($"the cluster has stopped; still up goes on with what is in {request.Folders.Artifacts}");
            return ExitCode.Success;
        }
    }

    private static string Elsewhere(ClusterRequest request) =>
        request.Port == ClusterOption.DefaultPort ? "" : $" {ClusterOption.Name} 127.0.0.1:{request.Port}";
}
