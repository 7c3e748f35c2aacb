using System.CommandLine;
using Stillhouse.Cli.Admission;

namespace Stillhouse.Cli.Commands;

/// <summary>The options that put values in place of a spec's own.</summary>
internal sealed class SpecOptions
{
    // Texts, not numbers or folders: they are checked together with the spec, and reported with it.
    private readonly Option<string?> _data = new("--data")
    {
        Description = "the folder with the data, in place of the spec's data.path",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "put a value in place of the spec's own, for example distillation.temperature=8; may be repeated",
        HelpName = "path=value",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The argument of every command that plans or runs a spec.</summary>
    public static Argument<string> File()
    {
        var spec = new Argument<string>("SPEC") { Description = "the YAML file that describes the run" };
        spec.Validators.Add(UsageErrors.RefuseOptions);
        return spec;
    }

    /// <summary>For commands to which the seed matters; its text is handed to <see cref="Read"/>.</summary>
    public static Option<string?> Seed() => new("--seed")
    {
        Description = "the seed that every random choice of the run derives from, in place of the spec's",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_set);
    }

    /// <param name="seed">The text in place of the spec's seed, or null.</param>
    public SpecRequest Read(SpecSource source, ParseResult arguments, string? seed = null) =>
        new(source, seed, arguments.GetValue(_data), arguments.GetValue(_set) ?? []);
}
