namespace Stillhouse.Benchmarks.Recovery;

/// <summary>A temporary folder, removed in the end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillhouse-benchmark-");

    public string Of(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
