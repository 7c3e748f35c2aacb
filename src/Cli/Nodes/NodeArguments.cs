using System.CommandLine;
using System.Globalization;
using System.Net;
using Stillhouse.Hosting;
using Stillhouse.Hosting.Cluster;

namespace Stillhouse.Cli.Nodes;

/// <summary>The options of <c>still node</c>, as a person or a parent process writes them.</summary>
internal sealed class NodeArguments
{
    private readonly Option<string> _name = new("--name") { Description = "what people call the node (default: role@host:port)" };
    private readonly Option<string> _host = new("--host")
    {
        Description = "the name or address under which other nodes reach this one",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<int> _port = new("--port") { Description = "the control plane's TCP port; 0 takes any that is free" };
    private readonly Option<string[]> _seeds = new("--seeds")
    {
        Description = "host:port of every coordinator, in the same order on every node",
        AllowMultipleArgumentsPerToken = true,
        Required = true,
    };

    private readonly Option<int> _coordinators = new("--coordinators")
    {
        Description = "how many coordinators the cluster is meant to have: 1, or 3 and more",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> _artifacts = new("--artifacts") { Description = "the artifact store's folder, shared by all nodes", Required = true };
    private readonly Option<string> _log = new("--log") { Description = "the node's log file", Required = true };
    private readonly Option<bool> _attached = new("--attached") { Description = "stop when standard input ends, and leave Ctrl+C to the parent" };

    public NodeArguments()
    {
        Require(_host, host => Uri.CheckHostName(host) != UriHostNameType.Unknown, "a host name or an IP address");
        Require(_seeds, IsEndpoint, "host:port, with a port from 1 to 65535");
        Require(_port, port => int.TryParse(port, out var number) && number is >= 0 and <= IPEndPoint.MaxPort, "a port from 0 to 65535");
        _coordinators.Validators.Add(result =>
        {
            if (!result.Errors.Any() && SplitBrain.Refusal(result.GetValueOrDefault<int>()) is { } refusal)
            {
                result.AddError($"{_coordinators.Name}: found {result.GetValueOrDefault<int>()}; {refusal}");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_name, _host, _port, _seeds, _coordinators, _artifacts, _log, _attached])
        {
            command.Add(option);
        }
    }

    public NodeOptions Read(string role, ParseResult arguments)
    {
        var host = arguments.GetRequiredValue(_host);
        var port = arguments.GetValue(_port);
        return new NodeOptions
        {
            Name = arguments.GetValue(_name) ?? $"{role}@{host}:{port}",
            Roles = [role],
            Host = host,
            Port = port,
            Seeds = arguments.GetRequiredValue(_seeds),
            Coordinators = arguments.GetValue(_coordinators),
            ArtifactFolder = arguments.GetRequiredValue(_artifacts),
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
        _log.Name, logFile,
        _attached.Name,
    ];

    private static bool IsEndpoint(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && Uri.CheckHostName(text[..colon]) != UriHostNameType.Unknown
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is >= 1 and <= IPEndPoint.MaxPort;
    }

    private static void Require(Option option, Predicate<string> isAllowed, string allowed) =>
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !isAllowed(token.Value)))
            {
                result.AddError($"{option.Name}: found '{token.Value}'; allowed {allowed}");
            }
        });
}
