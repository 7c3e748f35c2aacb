using System.CommandLine;
using System.Globalization;
using Stillhouse.Hosting;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Nodes;

/// <summary>The option that says how often a training saves itself. Results do not depend on it.</summary>
internal sealed class CheckpointArgument
{
    private readonly Option<string> _every = new("--checkpoint-every")
    {
        Description = "how often a training saves itself: seconds as 10s, steps as 500, or both, 500,10s, whichever comes first",
        HelpName = "STEPS|SECONDSs",
        DefaultValueFactory = _ => Text(CheckpointOptions.Default),
    };

    public void AddTo(Command command) => command.Add(_every);

    /// <summary>Null, with a problem added, where it cannot be read.</summary>
    public CheckpointOptions? Read(ParseResult arguments, ICollection<SpecProblem> problems)
    {
        var text = arguments.GetRequiredValue(_every);
        var options = new CheckpointOptions(Steps: null, Seconds: null);
        foreach (var part in text.Split(','))
        {
            if (part.EndsWith('s') && TryNumber(part[..^1], out var seconds) && options.Seconds is null)
            {
                options = options with { Seconds = seconds };
            }
            else if (TryNumber(part, out var steps) && options.Steps is null)
            {
                options = options with { Steps = steps };
            }
            else
            {
                problems.Add(new SpecProblem(
                    Place.Option(_every.Name), $"'{text}'", "whole numbers from 1: of seconds with an s, of steps without, each once", "write for example 10s"));
                return null;
            }
        }

        return options;
    }

    /// <summary>As a parent process writes it.</summary>
    public IEnumerable<string> Write(CheckpointOptions options) => [_every.Name, Text(options)];

    private static string Text(CheckpointOptions options) => string.Join(
        ',',
        new[] { options.Steps?.ToString(CultureInfo.InvariantCulture), options.Seconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds}s") : null }
            .OfType<string>());

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1;
}
