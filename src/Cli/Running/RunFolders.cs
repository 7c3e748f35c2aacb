namespace Stillhouse.Cli.Running;

/// <summary>The folders of one run below its output folder. Disposing it removes the unfinished work and keeps the logs.</summary>
public sealed class RunFolders : IDisposable
{
    public RunFolders(AdmittedRun run)
    {
        Artifacts = Path.Combine(run.OutFolder, $".work-{run.Id}");
        Logs = Path.Combine(run.OutFolder, "logs", run.Id.Value);
        Directory.CreateDirectory(Artifacts);
        Directory.CreateDirectory(Logs);
    }

    /// <summary>The artifact store that the run's nodes share.</summary>
    public string Artifacts { get; }

    /// <summary>One log file per node.</summary>
    public string Logs { get; }

    public string LogOf(string node) => Path.Combine(Logs, $"{node}.log");

    public void Dispose()
    {
        if (Directory.Exists(Artifacts))
        {
            // Renamed first: a training that is just being stopped may still save itself, and a folder that gains files cannot be deleted.
            var removed = $"{Artifacts}.removed";
            Directory.Move(Artifacts, removed);
            Directory.Delete(removed, recursive: true);
        }
    }
}
