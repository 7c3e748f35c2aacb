using System.IO.Compression;
using System.Text.Json;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Distillation.Training.Checkpoints;

/// <summary>
/// A training's state as a ZIP file without compression, as PyTorch's own checkpoints are: <c>checkpoint.json</c>,
/// <c>network.safetensors</c>, <c>optimizer.bin</c>, <c>randomness.bin</c>, <c>objective.bin</c>.
/// </summary>
internal static class CheckpointFile
{
    private const int Version = 2;
    private const string Description = "checkpoint.json";
    private const string Network = "network.safetensors";
    private const string Optimizer = "optimizer.bin";
    private const string Randomness = "randomness.bin";
    private const string Objective = "objective.bin";

    public static byte[] Encode(Digest work, TrainingState state)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, Description, JsonSerializer.SerializeToUtf8Bytes(new Header(Version, work, state.Progress)));
            Write(zip, Network, state.Network);
            Write(zip, Optimizer, state.Optimizer);
            Write(zip, Randomness, state.Randomness);
            Write(zip, Objective, state.Objective);
        }

        return file.ToArray();
    }

    /// <param name="bytes">A whole file, whose digest has been verified.</param>
    /// <param name="work">The work that the checkpoint must belong to.</param>
    /// <param name="path">Named in messages.</param>
    /// <exception cref="CheckpointRefusedException">It belongs to other work, or another version wrote it.</exception>
    public static TrainingState Decode(byte[] bytes, Digest work, string path)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            var header = JsonSerializer.Deserialize<Header>(Read(zip, Description))!;
            if (header.Version != Version)
            {
                throw new CheckpointRefusedException(path, $"version {Version}", $"version {header.Version}");
            }

            return header.Work == work
                ? new TrainingState(header.Progress, Read(zip, Network), Read(zip, Optimizer), Read(zip, Randomness), Read(zip, Objective))
                : throw new CheckpointRefusedException(path, $"a checkpoint of the work {work}", $"one of {header.Work}");
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw new CheckpointRefusedException(path, "a checkpoint", e.Message);
        }
    }

    private static void Write(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }

    private static byte[] Read(ZipArchive zip, string name)
    {
        var entry = zip.GetEntry(name) ?? throw new InvalidDataException($"there is no {name} in it");
        var content = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(content);
        return content;
    }

    private sealed record Header(int Version, Digest Work, TrainingProgress Progress);
}
