using System.CommandLine;
using Stillhouse.Cli.Commands;
using Stillhouse.Messages.Identity;
using Stillhouse.Orchestration.Specs;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cli.Clients;

/// <summary>The argument that names a run.</summary>
internal sealed class RunArgument
{
    private const string Name = "RUN";

    private readonly Argument<string> _run = new(Name) { Description = "a run's id, as still list shows it" };

    public RunArgument() => _run.Validators.Add(UsageErrors.RefuseOptions);

    public void AddTo(Command command) => command.Add(_run);

    /// <summary>Null, with a problem added, where no run can be called so.</summary>
    public RunId? Read(ParseResult arguments, ICollection<SpecProblem> problems) => Read(Name, arguments.GetRequiredValue(_run), problems);

    public static RunId? Read(string option, string text, ICollection<SpecProblem> problems)
    {
        if (RunId.TryParse(text, null, out var run))
        {
            return run;
        }

        problems.Add(new SpecProblem(
            Place.Option(option), $"'{text}'", "ASCII letters, digits, '-', '_' and '.', beginning with a letter or digit", "write an id that still list shows"));
        return null;
    }

    /// <summary>Says that there is no such run, and which one may have been meant.</summary>
    /// <returns>The exit code.</returns>
    public static int NotFound(Terminal terminal, RunUnknown unknown)
    {
        terminal.Error.WriteLine(
            $"there is no run {unknown.Run}; {(unknown.Nearest.Count == 0 ? "still list shows those there are" : $"did you mean {string.Join(" or ", unknown.Nearest)}?")}");
        return ExitCode.NotFound;
    }
}
