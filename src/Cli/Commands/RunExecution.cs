using Stillhouse.Cli.Admission;
using Stillhouse.Cli.Results;
using Stillhouse.Cli.Running;
using Stillhouse.Cli.Views;
using Stillhouse.Distillation.Native;
using Stillhouse.Messages.Reports;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Commands;

/// <summary>What <c>run</c> and <c>quickstart</c> do: admit, run under a view, publish.</summary>
internal sealed class RunExecution(RunSessionFactory sessions, Terminal terminal)
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

        TorchRuntime.EnsureLoadable();
        var folders = new RunFolders(run);
        var keepsArtifacts = false;
        try
        {
            var end = await terminal.WatchAsync(view => ExecuteAsync(run, counts, folders, view));
            var code = Conclude(run, end, folders);
            keepsArtifacts = end is RunEnd.Completed && code != ExitCode.Success;
            return code;
        }
        finally
        {
            if (!keepsArtifacts)
            {
                folders.Dispose();
            }
        }
    }

    private async Task<RunEnd> ExecuteAsync(AdmittedRun run, NodeCounts? nodes, RunFolders folders, IRunView view)
    {
        using var interruption = new Interruption(() => view.Note("interrupted: stopping; Ctrl+C again ends at once"));
        interruption.OnKill(terminal.Restore);
        var unlabelled = run.Dataset.Unlabelled > 0 ? $" ({run.Dataset.Unlabelled} without labels)" : "";
        view.Note($"run {run.Id}: {run.Dataset.Train} training{unlabelled}, {run.Dataset.Validation} validation, {run.Dataset.Test} test samples");
        return await sessions(folders, interruption).ExecuteAsync(run, nodes, view);
    }

    private int Conclude(AdmittedRun run, RunEnd end, RunFolders folders) => end switch
    {
        RunEnd.Completed completed => Publish(run, completed.Report, folders),
        RunEnd.Failed failed => Fail(failed.Reason, $"details: {folders.Logs}"),
        RunEnd.Cancelled => Interrupted(),
        _ => throw new InvalidOperationException($"No end is known as {end.GetType().Name}."),
    };

    private int Publish(AdmittedRun run, RunReport report, RunFolders folders)
    {
        try
        {
            var files = new ResultFolder(run.OutFolder).Publish(report, folders.Artifacts);
            ReportTable.Write(terminal.Output, report, files);
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(
                $"the results could not be written to {run.OutFolder}: {e.Message}",
                $"the weights are kept in {folders.Artifacts}");
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
