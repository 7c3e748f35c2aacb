using System.CommandLine;
using Stillhouse.Cli.Commands;
using Stillhouse.Messages.Identity;
using Stillhouse.Orchestration.Specs;
using static Stillhouse.Messages.Runs.RunInquiries;
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
    public RunId? Read(ParseResult arguments, ICollection<SpecProblem> problems) => Read(Name, arguments.GetRequiredValue(_run), "write an id that still list shows", problems);

    public static RunId? Read(string option, string text, string remedy, ICollection<SpecProblem> problems)
    {
        if (RunId.TryParse(text, null, out var run))
        {
            return run;
        }

        problems.Add(new SpecProblem(
            Place.Option(option), $"'{text}'", "ASCII letters, digits, '-', '_' and '.', beginning with a letter or digit", remedy));
        return null;
    }

    /// <summary>Says that the run has no such trial, and which one may have been meant.</summary>
    /// <returns>The exit code.</returns>
    public static int NotFound(Terminal terminal, TrialUnknown unknown) => NotFound(
        terminal, $"run {unknown.Run} has no trial {unknown.Trial}", unknown.Nearest, $"still trials {unknown.Run} shows those it has");

    /// <summary>Says that there is no such run, and which one may have been meant.</summary>
    /// <returns>The exit code.</returns>
    public static int NotFound(Terminal terminal, RunUnknown unknown) => NotFound(
        terminal, $"there is no run {unknown.Run}", unknown.Nearest, "still list shows those there are");

    private static int NotFound(Terminal terminal, string finding, IReadOnlyList<string> nearest, string remedy)
    {
        terminal.Error.WriteLine($"{finding}; {(nearest.Count == 0 ? remedy : $"did you mean {string.Join(" or ", nearest)}?")}");
        return ExitCode.NotFound;
    }
}
