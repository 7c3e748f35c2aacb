using System.CommandLine;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Clients;

/// <summary>The option that says which cluster a command is about.</summary>
internal sealed class ClusterOption
{
    public const string Name = "--cluster";

    /// <summary>Where <c>still up</c> listens unless told otherwise.</summary>
    public const int DefaultPort = 4053;

    private const string Variable = "STILLHOUSE_CLUSTER";

    private readonly Option<string> _cluster = new(Name)
    {
        Description = $"a coordinator of the cluster (default: ${Variable}, else 127.0.0.1:{DefaultPort})",
        HelpName = "HOST:PORT",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Variable) ?? $"127.0.0.1:{DefaultPort}",
    };

    public void AddTo(Command command) => command.Add(_cluster);

    /// <summary>Null, with a problem added, where it is no address.</summary>
    public string? Read(ParseResult arguments, ICollection<SpecProblem> problems)
    {
        var address = arguments.GetRequiredValue(_cluster);
        var colon = address.LastIndexOf(':');
        if (colon > 0 && ushort.TryParse(address.AsSpan(colon + 1), out var port) && port > 0)
        {
            return address;
        }

        problems.Add(new SpecProblem(Place.Option(Name), $"'{address}'", "host:port, the port from 1 to 65535", "write for example 10.0.0.5:4053"));
        return null;
    }
}
