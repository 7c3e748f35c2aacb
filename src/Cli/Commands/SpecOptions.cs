using System.CommandLine;
using Stillhouse.Cli.Admission;

namespace Stillhouse.Cli.Commands;

/// <summary>The options that put values in place of a spec's own.</summary>
internal sealed class SpecOptions
{
    // Texts, not numbers or folders: they are checked together with the spec, and reported with it.
    private readonly Option<string?> _data = new("--data")
    {
        Description = "the folder with the data, in place of data.path",
        HelpName = "DIR",
    };

    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "the seed that every random choice of the run derives from",
        HelpName = "N",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "put a value in place of the spec's own, for example distillation.temperature=8; may be given several times",
        HelpName = "path=value",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_seed);
        command.Add(_set);
    }

    public SpecRequest Read(SpecSource source, ParseResult arguments) =>
        new(source, arguments.GetValue(_seed), arguments.GetValue(_data), arguments.GetValue(_set) ?? []);
}
