namespace Stillhouse.Cli.Running;

/// <summary>The folders that the nodes of one machine share.</summary>
/// <param name="Artifacts">The artifact store, checkpoints, and the ledger unless it is elsewhere.</param>
/// <param name="Logs">One log file per node.</param>
public sealed record NodeFolders(string Artifacts, string Logs)
{
    public string LogOf(string node) => Path.Combine(Logs, $"{node}.log");
}
