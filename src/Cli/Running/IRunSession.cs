using Stillhouse.Cli.Views;

namespace Stillhouse.Cli.Running;

/// <summary>Takes an admitted run from its start to its end, on nodes that live no longer than the run.</summary>
public interface IRunSession
{
    /// <summary>Whatever it started, it has stopped when the task ends; an interruption yields <see cref="RunEnd.Cancelled"/>.</summary>
    /// <param name="nodes">The processes to start, or null for all roles embedded in this process.</param>
    Task<RunEnd> ExecuteAsync(AdmittedRun run, NodeCounts? nodes, IRunView view);
}
