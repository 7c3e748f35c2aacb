using Stillhouse.Cli.Admission;
using Stillhouse.Cli.Results;
using Stillhouse.Cli.Running;
using Stillhouse.Cli.Views;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Commands;

/// <summary>What <c>run</c> and <c>quickstart</c> do: admit, run under a view, publish.</summary>
internal sealed class RunExecution(IRunSession session, Terminal terminal)
{
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(RunRequest request, string? nodes)
    {
        var problems = new List<SpecProblem>();
        var counts = nodes is null ? null : NodeCounts.Read(nodes, problems);
        var run = Preflight.Admit(request, terminal.Clock, problems);
        if (run is null || problems.Count > 0)
        {
            return ProblemList.Write(terminal.Error, problems);
        }

        using var interruption = new Interruption();
        var end = await terminal.WatchAsync(view => ExecuteAsync(run, counts, view, interruption.Token));
        return end switch
        {
            RunEnd.Completed completed => Publish(run, completed),
            RunEnd.Failed failed => Fail(failed.Reason, $"details: {failed.LogFolder}"),
            RunEnd.Cancelled => Interrupted(),
            _ => throw new InvalidOperationException($"No end is known as {end.GetType().Name}."),
        };
    }

    private async Task<RunEnd> ExecuteAsync(AdmittedRun run, NodeCounts? nodes, IRunView view, CancellationToken cancellation)
    {
        view.Note($"run {run.Id}: {run.Dataset.Train} training, {run.Dataset.Validation} validation and {run.Dataset.Test} test samples");
        await using var stopping = cancellation.Register(() => view.Note("interrupted: stopping; Ctrl+C again ends at once"));
        return await session.ExecuteAsync(run, nodes, view, cancellation);
    }

    private int Publish(AdmittedRun run, RunEnd.Completed completed)
    {
        try
        {
            var files = new ResultFolder(run.OutFolder).Publish(completed.Report, completed.ArtifactFolder);
            ReportTable.Write(terminal.Output, completed.Report, files);
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(
                $"the results could not be written to {run.OutFolder}: {e.Message}",
                $"the weights are in {completed.ArtifactFolder}");
        }
    }

    private int Fail(string reason, string details)
    {
        terminal.Error.WriteLine($"failed: {reason}");
        terminal.Error.WriteLine(details);
        return ExitCode.RunFailed;
    }

    private int Interrupted()
    {
        terminal.Error.WriteLine("interrupted: there are no results.");
        return ExitCode.Interrupted;
    }
}
