namespace Stillhouse.Distillation.Files;

/// <summary>Files that are there whole or not at all, whatever fails meanwhile.</summary>
internal static class DurableFile
{
    /// <summary>Writes under a temporary name, flushes to the disk, renames. A file of that name gives way.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
