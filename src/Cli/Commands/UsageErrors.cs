using System.CommandLine;
using System.CommandLine.Parsing;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Commands;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageErrors
{
    private const string ProgramName = "still";

    /// <returns>The exit code.</returns>
    public static int Write(TextWriter error, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var names = command.Options.Concat<Symbol>(command.Subcommands).Select(symbol => symbol.Name).ToArray();
        foreach (var token in parsed.UnmatchedTokens)
        {
            var nearest = Nearest.To(token.Split('=', ':')[0], names);
            error.WriteLine($"{token}: found an unknown {(token.StartsWith('-') ? "option" : "word")}; "
                + $"allowed {string.Join(", ", names)}; {(nearest is null ? "remove it" : $"write '{nearest}'")}");
        }

        foreach (var problem in parsed.Errors.Where(problem => !IsAbout(problem, parsed.UnmatchedTokens)))
        {
            error.WriteLine(problem.Message);
        }

        error.WriteLine($"See {Path(parsed)} --help; nothing was started.");
        return ExitCode.BadInput;
    }

    private static bool IsAbout(ParseError problem, IEnumerable<string> tokens) =>
        tokens.Any(token => problem.Message.Contains($"'{token}'", StringComparison.Ordinal));

    private static string Path(ParseResult parsed)
    {
        var path = new Stack<string>();
        for (var result = parsed.CommandResult; result.Command is not RootCommand; result = (CommandResult)result.Parent!)
        {
            path.Push(result.Command.Name);
        }

        return string.Join(' ', path.Prepend(ProgramName));
    }
}
