using System.CommandLine;
using Stillhouse.Hosting;
using Stillhouse.Messages.Nodes;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Nodes;

/// <summary>The options of <c>still node</c>, as a person or a parent process writes them.</summary>
internal sealed class NodeArguments
{
    // Texts, not numbers: they are checked together, and reported together.
    private readonly Option<string> _name = new("--name")
    {
        Description = "what people call the node; unique in the cluster (default: role@host:port)",
        HelpName = "NAME",
    };

    private readonly Option<string> _host = new("--host")
    {
        Description = "the name or address under which other nodes reach this one",
        HelpName = "HOST",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<string> _port = new("--port")
    {
        Description = "the TCP port under which other nodes reach this one; 0 takes any that is free",
        HelpName = "PORT",
        DefaultValueFactory = _ => "0",
    };

    private readonly Option<string[]> _seeds = new("--seeds")
    {
        Description = "every coordinator of the cluster, in the same order on every node",
        HelpName = "HOST:PORT ...",
        AllowMultipleArgumentsPerToken = true,
        Required = true,
    };

    private readonly Option<string> _coordinators = new("--coordinators")
    {
        Description = "how many coordinators the cluster is meant to have: 1, or 3 and more",
        HelpName = "N",
        DefaultValueFactory = _ => "1",
    };

    private readonly Option<string> _artifacts = new("--artifacts")
    {
        Description = "the folder for trained weights, shared by all nodes",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string[]> _peers = new("--peers")
    {
        Description = "members that run already; a coordinator that is started again joins them, and forms no cluster of its own",
        HelpName = "HOST:PORT ...",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly LedgerArgument _ledger = new();
    private readonly ThreadsArgument _threads = new();
    private readonly CheckpointArgument _checkpoints = new();
    private readonly TargetArguments _targets = new();

    private readonly Option<string> _log = new("--log") { Description = "the node's log file", HelpName = "FILE", Required = true };
    private readonly Option<bool> _attached = new("--attached")
    {
        Description = "belong to the command that started this node: end when standard input ends, leave Ctrl+C to it, give up when it is out of reach",
    };

    public void AddTo(Command command, string role)
    {
        foreach (Option option in (Option[])[_name, _host, _port, _seeds, _coordinators, _artifacts, _log, _attached])
        {
            command.Add(option);
        }

        _targets.AddTo(command);
        if (role == NodeRole.Coordinator)
        {
            command.Add(_peers);
            _ledger.AddTo(command);
        }
        else
        {
            _threads.AddTo(command);
            _checkpoints.AddTo(command);
        }
    }

    /// <summary>Null, with everything that is wrong added to <paramref name="problems"/>, where there is anything.</summary>
    public NodeOptions? Read(string role, ParseResult arguments, List<SpecProblem> problems)
    {
        var admission = new NodeAdmission(problems);
        var host = arguments.GetRequiredValue(_host);
        var port = admission.Port(_port.Name, arguments.GetRequiredValue(_port), host);
        var coordinators = admission.Coordinators(_coordinators.Name, arguments.GetRequiredValue(_coordinators));
        admission.Seeds(_seeds.Name, arguments.GetRequiredValue(_seeds), role, $"{host}:{port}");
        var isCoordinator = role == NodeRole.Coordinator;
        var peers = isCoordinator ? arguments.GetRequiredValue(_peers) : [];
        admission.Addresses(_peers.Name, peers);
        admission.Folder(_artifacts.Name, arguments.GetRequiredValue(_artifacts));
        admission.File(_log.Name, arguments.GetRequiredValue(_log));
        var targets = _targets.Read(arguments).Read(problems);
        var ledger = isCoordinator ? _ledger.Read(arguments, arguments.GetRequiredValue(_artifacts), problems) : null;
        var threads = isCoordinator ? 1 : _threads.Read(arguments, problems);
        var checkpoints = isCoordinator ? CheckpointOptions.Default : _checkpoints.Read(arguments, problems);
        return problems.Count > 0 ? null : new NodeOptions
        {
            Name = arguments.GetValue(_name) ?? $"{role}@{host}:{port}",
            Roles = [role],
            Host = host,
            Port = port,
            Seeds = arguments.GetRequiredValue(_seeds),
            Peers = peers,
            IsAttached = arguments.GetValue(_attached),
            Coordinators = coordinators,
            ArtifactFolder = arguments.GetRequiredValue(_artifacts),
            Ledger = ledger,
            Threads = threads,
            Checkpoints = checkpoints!,
            Targets = targets!,
        };
    }

    public string LogFile(ParseResult arguments) => Path.GetFullPath(arguments.GetRequiredValue(_log));

    public NodeLifetime Lifetime(ParseResult arguments) =>
        arguments.GetValue(_attached) ? NodeLifetime.Parent : NodeLifetime.Signals;

    /// <summary>The command line that starts this node as a child of this process.</summary>
    public IEnumerable<string> Write(NodeOptions options, string logFile) =>
    [
        "node", options.Roles.Single(),
        _name.Name, options.Name,
        _host.Name, options.Host,
        _port.Name, $"{options.Port}",
        _seeds.Name, .. options.Seeds,
        _coordinators.Name, $"{options.Coordinators}",
        _artifacts.Name, options.ArtifactFolder,
        .. TargetArguments.Write(options.Targets),
        .. options.Has(NodeRole.Coordinator) ? [] : _threads.Write(options.Threads).Concat(_checkpoints.Write(options.Checkpoints)),
        .. options.Peers.Count > 0 ? [_peers.Name, .. options.Peers] : Array.Empty<string>(),
        _log.Name, logFile,
        .. options.IsAttached ? [_attached.Name] : Array.Empty<string>(),
    ];
}
