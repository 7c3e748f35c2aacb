using System.Globalization;
using Stillhouse.Distillation.Files;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Distillation.Training.Checkpoints;

/// <summary>
/// The checkpoints of one training in a folder of their own: <c>STEP-HEX.ckpt</c>, where HEX is the SHA-256 of the content.
/// The last two are kept, so that one that was damaged on the disk costs steps and not the training. One writer at a time.
/// </summary>
public sealed class CheckpointStore
{
    private const int Kept = 2;
    private const string Extension = ".ckpt";

    private readonly string _folder;
    private readonly Digest _work;
    private readonly Action<string> _refused;

    /// <param name="folder">Made if it does not exist.</param>
    /// <param name="work">Everything that the final weights depend on: a checkpoint of anything else is refused.</param>
    /// <param name="refused">Told of every checkpoint that cannot be used, and why.</param>
    public CheckpointStore(string folder, Digest work, Action<string> refused)
    {
        (_folder, _work, _refused) = (Path.GetFullPath(folder), work, refused);
        Directory.CreateDirectory(_folder);
    }

    /// <summary>The newest state that is whole and belongs to the work; null where there is none.</summary>
    public TrainingState? Latest()
    {
        foreach (var path in Paths())
        {
            try
            {
                return Read(path);
            }
            catch (Exception e) when (e is CheckpointRefusedException or IOException)
            {
                _refused(e.Message);
            }
        }

        return null;
    }

    /// <summary>Keeps a state. It is on the disk, whole, before this returns; an older one gives way only then.</summary>
    public void Put(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var bytes = CheckpointFile.Encode(_work, state);
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{state.Progress.Total.Steps:D12}-{Digest.Of(bytes).Hex}{Extension}");
        DurableFile.Write(Path.Combine(_folder, name), bytes);
        foreach (var outdated in Paths().Skip(Kept))
        {
            File.Delete(outdated);
        }
    }

    /// <summary>The furthest first.</summary>
    private IEnumerable<string> Paths() =>
        Directory.GetFiles(_folder, $"*{Extension}").OrderByDescending(path => path, StringComparer.Ordinal);

    private TrainingState Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var found = Digest.Of(bytes).Hex;
        return Path.GetFileNameWithoutExtension(path).EndsWith($"-{found}", StringComparison.Ordinal)
            ? CheckpointFile.Decode(bytes, _work, path)
            : throw new CheckpointRefusedException(path, "the content that its name tells", $"sha256:{found}");
    }
}
