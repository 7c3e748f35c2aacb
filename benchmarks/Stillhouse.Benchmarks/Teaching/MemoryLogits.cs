using Stillhouse.Messages.Lessons;

namespace Stillhouse.Benchmarks.Teaching;

/// <summary>Logits that somebody else keeps.</summary>
internal sealed class MemoryLogits(ReadOnlyMemory<float> values, int classes) : ILogits
{
    public int Rows => values.Length / classes;

    public int Width => classes;

    public ReadOnlySpan<float> Values => values.Span;

    public void Dispose()
    {
    }
}
