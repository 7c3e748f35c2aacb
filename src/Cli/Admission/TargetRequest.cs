using Stillhouse.Orchestration.Specs;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Cli.Admission;

/// <summary>What a person asks of the store of soft targets, as they wrote it.</summary>
/// <param name="Memory">The text of <see cref="MemoryOption"/>.</param>
/// <param name="Folder">The text of <see cref="FolderOption"/>, or null.</param>
/// <param name="Disk">The text of <see cref="DiskOption"/>.</param>
public sealed record TargetRequest(string Memory, string? Folder, string Disk)
{
    public const string MemoryOption = "--target-memory";
    public const string FolderOption = "--target-folder";
    public const string DiskOption = "--target-disk";

    /// <summary>What is asked where nothing is said.</summary>
    public static TargetRequest Default { get; } = Of(new TargetStoreOptions());

    public static TargetRequest Of(TargetStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TargetRequest(ByteSize.Format(options.MemoryBytes), options.Folder, ByteSize.Format(options.FileBytes));
    }

    /// <summary>Null, with everything that is wrong added to <paramref name="problems"/>, where there is anything.</summary>
    public TargetStoreOptions? Read(ICollection<SpecProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var before = problems.Count;
        var options = new TargetStoreOptions
        {
            MemoryBytes = Size(MemoryOption, Memory, problems),
            FileBytes = Size(DiskOption, Disk, problems),
        };
        if (Folder is not null && WritableFolder.Check(FolderOption, Folder) is { } problem)
        {
            problems.Add(problem);
        }

        options.Folder = Folder is null || problems.Count > before ? null : Path.GetFullPath(Folder);
        return problems.Count > before ? null : options;
    }

    private static long Size(string option, string text, ICollection<SpecProblem> problems)
    {
        if (!ByteSize.TryParse(text, out var bytes))
        {
            problems.Add(new SpecProblem(
                Place.Option(option),
                $"'{text}'",
                "a number of bytes, or one followed by KiB, MiB, GiB or TiB",
                "write for example 256MiB; 0 keeps nothing"));
        }

        return bytes;
    }
}
