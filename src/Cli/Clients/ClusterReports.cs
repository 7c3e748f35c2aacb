using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Clients;

/// <summary>Reports of runs that a cluster has completed.</summary>
/// <param name="ByRun">Each under its run's id.</param>
/// <param name="Artifacts">The folder of their artifacts, as the cluster calls it; it need not be here.</param>
internal sealed record ClusterReports(IReadOnlyDictionary<RunId, RunReport> ByRun, string Artifacts)
{
    public static ClusterReports None { get; } = new(new Dictionary<RunId, RunReport>(), "");

    /// <summary>Null where no run of the cluster is called so.</summary>
    public RunReport? Find(string name) => RunId.TryParse(name, null, out var run) ? ByRun.GetValueOrDefault(run) : null;
}
