using Stillhouse.Distillation.Files;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Distillation.Weights;

/// <summary>
/// Immutable weights in a folder, each under the SHA-256 of its bytes: <c>HEX.safetensors</c>. Safe for several threads
/// and processes at once.
/// </summary>
public sealed class ArtifactStore
{
    private readonly string _folder;

    /// <param name="folder">Made if it does not exist.</param>
    public ArtifactStore(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Where the artifact is, or would be.</summary>
    public string PathOf(Digest digest) => Path.Combine(_folder, $"{digest.Hex}.safetensors");

    /// <summary>Keeps the bytes of a safetensors file. They are on the disk, whole, before this returns.</summary>
    public Digest Put(ReadOnlySpan<byte> bytes)
    {
        var digest = Digest.Of(bytes);
        DurableFile.Write(PathOf(digest), bytes);
        return digest;
    }

    /// <summary>Reads an artifact and proves that it is the one asked for.</summary>
    /// <exception cref="WeightsRefusedException">The file is missing, or its content is not what its name says.</exception>
    public SafetensorsFile Get(Digest digest)
    {
        var path = PathOf(digest);
        if (!File.Exists(path))
        {
            throw new WeightsRefusedException(path, "file", $"{digest}", "no file");
        }

        var bytes = File.ReadAllBytes(path);
        var found = Digest.Of(bytes);
        return found == digest
            ? SafetensorsFile.Parse(bytes, path)
            : throw new WeightsRefusedException(path, "content", $"{digest}", $"{found}");
    }
}
