using Microsoft.Extensions.DependencyInjection;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Training.Checkpoints;
using Stillhouse.Distillation.Weights;
using Stillhouse.Hosting.Teaching;
using Stillhouse.StudentNode;
using Stillhouse.StudentNode.Learning;
using Stillhouse.TeacherNode;
using Stillhouse.TeacherNode.Teaching;

namespace Stillhouse.Cluster.Tests;

/// <summary>The collaborators of a node that has every role, without a cluster.</summary>
internal sealed class NodeServices : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly bool _isOwner;
    private readonly ServiceProvider _services;

    public NodeServices()
        : this(Directory.CreateTempSubdirectory("stillhouse-test-"), isOwner: true)
    {
    }

    private NodeServices(DirectoryInfo folder, bool isOwner)
    {
        (_folder, _isOwner) = (folder, isOwner);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<DatasetCache>()
            .AddSingleton(new ArtifactStore(_folder.FullName))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<TrialCheckpoints>(
                provider, Path.Combine(_folder.FullName, "checkpoints"), new CheckpointCadence(long.MaxValue, TimeSpan.FromSeconds(10))))
            .AddSingleton<ITeachingAddress>(new InProcessAddress("node"))
            .AddTeachers()
            .AddStudents()
            .BuildServiceProvider();
    }

    public TeacherWorkshop Teachers => _services.GetRequiredService<TeacherWorkshop>();

    public StudentWorkshop Students => _services.GetRequiredService<StudentWorkshop>();

    public ArtifactStore Artifacts => _services.GetRequiredService<ArtifactStore>();

    /// <summary>Another node, which shares this one's artifacts and checkpoints; disposed before this one.</summary>
    public NodeServices Neighbour() => new(_folder, isOwner: false);

    public void Dispose()
    {
        // The test kit tears tests down synchronously; stores of soft targets are disposed asynchronously only.
        _services.DisposeAsync().AsTask().GetAwaiter().GetResult();
        if (_isOwner)
        {
            // Renamed first: a training that is just being stopped may still save itself, and a folder that gains files cannot be deleted.
            _folder.MoveTo($"{_folder.FullName}.removed");
            _folder.Delete(recursive: true);
        }
    }
}
