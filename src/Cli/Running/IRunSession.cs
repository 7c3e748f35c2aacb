using Stillhouse.Cli.Views;

namespace Stillhouse.Cli.Running;

/// <summary>Takes an admitted run from its start to its end, on nodes that live no longer than the run.</summary>
public interface IRunSession
{
    /// <summary>Whatever it started, it has stopped when the task ends.</summary>
    /// <param name="nodes">The processes to start, or null for all roles embedded in this process.</param>
    /// <param name="cancellation">Ends the run as <see cref="RunEnd.Cancelled"/>; the task itself is not cancelled.</param>
    Task<RunEnd> ExecuteAsync(AdmittedRun run, NodeCounts? nodes, IRunView view, CancellationToken cancellation);
}
