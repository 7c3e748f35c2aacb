using System.Globalization;
using System.Net.Sockets;
using Stillhouse.Cli.Admission;
using Stillhouse.Hosting.Cluster;
using Stillhouse.Messages.Nodes;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Nodes;

/// <summary>Finds everything that is wrong with the options of <c>still node</c>, before it starts.</summary>
internal sealed class NodeAdmission(ICollection<SpecProblem> problems)
{
    private const int MaximumPort = 65_535;

    public int Port(string option, string text, string host)
    {
        if (!TryPort(text, minimum: 0, out var port))
        {
            Add(option, $"'{text}'", $"a whole number from 0 to {MaximumPort}", "write a TCP port; 0 takes any that is free");
            return 0;
        }

        try
        {
            using var listener = new TcpListener(ListenAddress.Of(host), port);
            listener.Start();
        }
        catch (SocketException e)
        {
            Add(option, $"{host}:{port}, where nothing can listen ({e.Message})", "a free port of this machine", "choose another one, or end the process that has it");
        }

        return port;
    }

    public int Coordinators(string option, string text)
    {
        var isNumber = int.TryParse(text, CultureInfo.InvariantCulture, out var count);
        var refusal = isNumber ? SplitBrain.Refusal(count) : "write how many coordinators the whole cluster has";
        if (refusal is not null)
        {
            Add(option, $"'{text}'", "1, or 3 and more", refusal);
        }

        return count;
    }

    /// <param name="self">The node's own host:port, which must be among the seeds if it is a coordinator.</param>
    public void Seeds(string option, IReadOnlyCollection<string> seeds, string role, string self)
    {
        Addresses(option, seeds);
        if (role == NodeRole.Coordinator && !seeds.Contains(self))
        {
            Add(option, string.Join(' ', seeds), "every coordinator, this one too", $"add {self}, or give --host and --port as they stand in the list");
        }
    }

    public void Addresses(string option, IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            var colon = address.LastIndexOf(':');
            if (colon <= 0 || !TryPort(address[(colon + 1)..], minimum: 1, out _))
            {
                Add(option, $"'{address}'", $"host:port, the port from 1 to {MaximumPort}", "write for example 10.0.0.5:4053");
            }
        }
    }

    public void Folder(string option, string folder)
    {
        if (WritableFolder.Check(option, folder) is { } problem)
        {
            problems.Add(problem);
        }
    }

    public void File(string option, string file)
    {
        if (!SpecPaths.CanBePath(file) || Directory.Exists(file))
        {
            Add(option, file.Length == 0 ? "''" : $"the folder {file}", "a file", "name a file; it is made, or written on");
        }
        else
        {
            Folder(option, Path.GetDirectoryName(Path.GetFullPath(file))!);
        }
    }

    private static bool TryPort(string text, int minimum, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port >= minimum && port <= MaximumPort;

    private void Add(string option, string found, string allowed, string remedy) =>
        problems.Add(new SpecProblem(Place.Option(option), found, allowed, remedy));
}
