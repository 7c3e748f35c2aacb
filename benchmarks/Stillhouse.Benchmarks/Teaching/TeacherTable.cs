using System.Runtime.InteropServices;
using System.Text.Json;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Benchmarks.Teaching;

/// <summary>What one teacher says about a whole training split, computed beforehand, and how fast it would say it.</summary>
/// <param name="File">Logits of all samples in order, binary32.</param>
/// <param name="Teacher">The artifact that computed them.</param>
/// <param name="Dataset">What it computed them from.</param>
/// <param name="InputSize">Values per sample.</param>
/// <param name="Classes">Logits per sample.</param>
/// <param name="Latency">From a forward pass to the student: the network.</param>
/// <param name="SamplesPerSecond">of the teacher's device.</param>
internal sealed record TeacherTable(
    string File, Digest Teacher, Digest Dataset, int InputSize, int Classes, TimeSpan Latency, double SamplesPerSecond)
{
    public static TeacherTable Read(string line) => JsonSerializer.Deserialize<TeacherTable>(line)!;

    public string Write() => JsonSerializer.Serialize(this);

    public float[] Load() => MemoryMarshal.Cast<byte, float>(System.IO.File.ReadAllBytes(File)).ToArray();
}
