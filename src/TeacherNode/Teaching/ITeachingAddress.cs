namespace Stillhouse.TeacherNode.Teaching;

/// <summary>Where students reach this node's teachers.</summary>
public interface ITeachingAddress
{
    /// <summary>Known once the node's server listens.</summary>
    Task<Uri> GetAsync(CancellationToken cancellation);
}

/// <summary>Teachers of this process hand their tensors to students of the same process.</summary>
public sealed class InProcessAddress(string node) : ITeachingAddress
{
    public Task<Uri> GetAsync(CancellationToken cancellation) => Task.FromResult(new Uri($"inproc://{node}"));
}
