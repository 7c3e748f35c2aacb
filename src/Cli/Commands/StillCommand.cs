using System.CommandLine;
using Stillhouse.Cli.Running;

namespace Stillhouse.Cli.Commands;

/// <summary>The whole command line.</summary>
internal static class StillCommand
{
    public static RootCommand Create(IRunSession session, Terminal terminal) =>
        new("Distils ensembles of teacher networks into small students, on a cluster.")
        {
            RunCommand.Create(session, terminal),
            QuickstartCommand.Create(session, terminal),
        };

    /// <returns>The exit code.</returns>
    public static Task<int> InvokeAsync(RootCommand root, IReadOnlyList<string> arguments, Terminal terminal)
    {
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction
            ? Task.FromResult(UsageErrors.Write(terminal.Error, parsed))
            : parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
