using System.CommandLine;
using Stillhouse.Cli.Admission;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Cli.Nodes;

/// <summary>The options that say how many soft targets a node keeps. Results do not depend on them.</summary>
internal sealed class TargetArguments
{
    // Texts, not numbers: they are checked together with the other options, and reported with them.
    private readonly Option<string> _memory = new(TargetRequest.MemoryOption)
    {
        Description = "how much of what teachers answered a node keeps in memory; 0 keeps nothing",
        HelpName = "SIZE",
        DefaultValueFactory = _ => TargetRequest.Default.Memory,
    };

    private readonly Option<string?> _folder = new(TargetRequest.FolderOption)
    {
        Description = "where a node keeps what memory has no room for; what is there is used again by a later run (default: nowhere)",
        HelpName = "DIR",
    };

    private readonly Option<string> _disk = new(TargetRequest.DiskOption)
    {
        Description = $"how much a node keeps in {TargetRequest.FolderOption}",
        HelpName = "SIZE",
        DefaultValueFactory = _ => TargetRequest.Default.Disk,
    };

    public void AddTo(Command command)
    {
        command.Add(_memory);
        command.Add(_folder);
        command.Add(_disk);
    }

    public TargetRequest Read(ParseResult arguments) =>
        new(arguments.GetRequiredValue(_memory), arguments.GetValue(_folder), arguments.GetRequiredValue(_disk));

    /// <summary>As a parent process writes them.</summary>
    public static IEnumerable<string> Write(TargetStoreOptions options)
    {
        var request = TargetRequest.Of(options);
        return
        [
            TargetRequest.MemoryOption, request.Memory,
            TargetRequest.DiskOption, request.Disk,
            .. request.Folder is { } folder ? [TargetRequest.FolderOption, folder] : Array.Empty<string>(),
        ];
    }
}
