using Microsoft.Extensions.DependencyInjection;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Training.Checkpoints;
using Stillhouse.Distillation.Weights;
using Stillhouse.StudentNode;
using Stillhouse.StudentNode.Learning;
using Stillhouse.TeacherNode;
using Stillhouse.TeacherNode.Teaching;

namespace Stillhouse.Cluster.Tests;

/// <summary>The collaborators of a node that has every role, without a cluster.</summary>
internal sealed class NodeServices : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillhouse-test-");
    private readonly ServiceProvider _services;

    public NodeServices() => _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<DatasetCache>()
        .AddSingleton(new ArtifactStore(_folder.FullName))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<TrialCheckpoints>(
            provider, Path.Combine(_folder.FullName, "checkpoints"), CheckpointCadence.Default))
        .AddSingleton<ITeachingAddress>(new InProcessAddress("node"))
        .AddTeachers()
        .AddStudents()
        .BuildServiceProvider();

    public TeacherWorkshop Teachers => _services.GetRequiredService<TeacherWorkshop>();

    public StudentWorkshop Students => _services.GetRequiredService<StudentWorkshop>();

    public ArtifactStore Artifacts => _services.GetRequiredService<ArtifactStore>();

    public void Dispose()
    {
        // The test kit tears tests down synchronously; stores of soft targets are disposed asynchronously only.
        _services.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Delete(recursive: true);
    }
}
