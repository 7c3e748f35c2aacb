using System.CommandLine;
using System.CommandLine.Invocation;
using Stillhouse.Distillation.Native;

namespace Stillhouse.Cli.Commands;

/// <summary>The whole command line.</summary>
internal static class StillCommand
{
    /// <summary>Each command decides for itself what an interruption means.</summary>
    private static readonly InvocationConfiguration Invocation = new()
    {
        ProcessTerminationTimeout = null,
        EnableDefaultExceptionHandler = false,
    };

    public static RootCommand Create(RunSessionFactory sessions, Terminal terminal)
    {
        var root = new RootCommand("Distils ensembles of teacher networks into small students, on a cluster.")
        {
            RunCommand.Create(sessions, terminal),
            QuickstartCommand.Create(sessions, terminal),
            PlanCommand.Create(terminal),
            EvalCommand.Create(terminal),
            CompareCommand.Create(terminal),
            UpCommand.Create(terminal),
            SubmitCommand.Create(terminal),
            ListCommand.Create(terminal),
            StatusCommand.Create(terminal),
            WatchCommand.Create(terminal),
            LogsCommand.Create(terminal),
            TrialsCommand.Create(terminal),
            SweepCommand.Create(terminal),
            ExportCommand.Create(terminal),
            NodeCommand.Create(terminal),
            LedgerCommand.Create(terminal),
        };
        foreach (var control in RunControlCommands.Create(terminal))
        {
            root.Add(control);
        }

        return root;
    }

    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(RootCommand root, IReadOnlyList<string> arguments, Terminal terminal)
    {
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            return UsageErrors.Write(terminal.Error, parsed);
        }

        try
        {
            return await parsed.InvokeAsync(Invocation);
        }
        catch (TorchUnavailableException e)
        {
            await terminal.Error.WriteLineAsync($"failed: {e.Message}");
            return ExitCode.RunFailed;
        }
        catch (Exception unexpected)
        {
            // The cause first, then all that is known: no log has it.
            await terminal.Error.WriteLineAsync($"failed: {unexpected.Message}{Environment.NewLine}{unexpected}");
            return ExitCode.RunFailed;
        }
    }
}
