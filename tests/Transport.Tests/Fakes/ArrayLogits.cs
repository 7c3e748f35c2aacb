using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Tests.Fakes;

/// <summary>Logits in an array, which know when they have been disposed.</summary>
internal sealed class ArrayLogits(int rows, int classes, float[] values) : ILogits
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Rows => rows;

    public int Width => classes;

    public ReadOnlySpan<float> Values => values;

    public Task Disposed => _disposed.Task;

    public void Dispose() => _disposed.TrySetResult();
}
