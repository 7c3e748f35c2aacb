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
        var unknown = Unknown(parsed).ToArray();
        foreach (var token in unknown)
        {
            error.WriteLine(Describe(token, command));
        }

        foreach (var problem in parsed.Errors.Where(problem => !IsAbout(problem, parsed.UnmatchedTokens)))
        {
            var isAnswered = unknown.Length > 0 && command.Subcommands.Count > 0;
            if (!isAnswered)
            {
                error.WriteLine(problem.Message);
            }
        }

        error.WriteLine($"See {Path(parsed)} --help; nothing was started.");
        return ExitCode.BadInput;
    }

    /// <summary>An option that stands where a command's argument should is an option misspelt, not a file of that name.</summary>
    public static void RefuseOptions(ArgumentResult argument)
    {
        if (argument.Tokens is [{ Value: var value }] && value.StartsWith('-'))
        {
            argument.AddError(Describe(value, ((CommandResult)argument.Parent!).Command));
        }
    }

    private static string Describe(string token, Command command)
    {
        var names = command.Options.Concat<Symbol>(command.Subcommands).Select(symbol => symbol.Name).ToArray();
        var nearest = Nearest.To(token.Split('=', ':')[0], names);
        return $"{token}: found an unknown {(token.StartsWith('-') ? "option" : "word")}; "
            + $"allowed {string.Join(", ", names)}; {(nearest is null ? "remove it" : $"write '{nearest}'")}";
    }

    /// <summary>Every unknown option, and the first word; words after either most likely belong to it.</summary>
    private static IEnumerable<string> Unknown(ParseResult parsed)
    {
        var hasMisspeltArgument = parsed.CommandResult.Children.OfType<ArgumentResult>()
            .Any(argument => argument.Tokens is [{ Value: var value }] && value.StartsWith('-'));
        return parsed.UnmatchedTokens.Where((token, position) => token.StartsWith('-') || (position == 0 && !hasMisspeltArgument));
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
