namespace Stillhouse.Cli.Running;

/// <summary>The folders of one run below its output folder. Disposing it removes the unfinished work and keeps the logs.</summary>
public sealed class RunFolders : IDisposable
{
    public RunFolders(AdmittedRun run)
    {
        Nodes = new NodeFolders(Path.Combine(run.OutFolder, $".work-{run.Id}"), Path.Combine(run.OutFolder, "logs", run.Id.Value));
        Directory.CreateDirectory(Artifacts);
        Directory.CreateDirectory(Logs);
    }

    /// <inheritdoc cref="NodeFolders.Artifacts" />
    public string Artifacts => Nodes.Artifacts;

    /// <inheritdoc cref="NodeFolders.Logs" />
    public string Logs => Nodes.Logs;

    /// <summary>The folders of the run's nodes.</summary>
    public NodeFolders Nodes { get; }

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
