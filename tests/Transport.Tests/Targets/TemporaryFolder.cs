namespace Stillhouse.Transport.Tests.Targets;

/// <summary>A folder that goes away with its test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stillhouse-targets-").FullName;

    public string[] Blocks => Directory.GetFiles(Path, "*.targets");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
