namespace Stillhouse.Transport.Targets.Files;

/// <summary>Keeps a folder for one store: two would delete each other's files.</summary>
internal static class FolderLock
{
    private const string FileName = "lock";

    /// <summary>Makes the folder, if there is none, and takes it until the result is disposed or the process ends.</summary>
    /// <exception cref="TargetStoreException">Another store has the folder, or it cannot be written.</exception>
    public static IDisposable Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new TargetStoreException(
                $"The folder '{Path.GetFullPath(folder)}' cannot hold soft targets: {cause.Message} "
                + "Every node needs a folder of its own that it can write to.",
                cause);
        }
    }
}
