namespace Stillhouse.Distillation.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stillhouse-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
