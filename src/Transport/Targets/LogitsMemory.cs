using System.Runtime.InteropServices;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Targets;

/// <summary>Logits as their network left them, which is how fp32 encodes them: nothing is copied.</summary>
/// <param name="logits">Owned from now on.</param>
public sealed class LogitsMemory(ILogits logits) : TargetMemory
{
    public override ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(logits.Values);

    public override void Dispose() => logits.Dispose();
}
