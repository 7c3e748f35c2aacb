namespace Stillhouse.Hosting.Teaching;

/// <summary>Where students reach what this node serves.</summary>
public interface ITeachingAddress
{
    /// <summary>Known once the node's server listens.</summary>
    Task<Uri> GetAsync(CancellationToken cancellation);
}

/// <summary>What this process serves is handed to students of the same process.</summary>
public sealed class InProcessAddress(string node) : ITeachingAddress
{
    public Task<Uri> GetAsync(CancellationToken cancellation) => Task.FromResult(new Uri($"inproc://{node}"));
}
