using System.CommandLine;
using Stillhouse.Cli.Admission;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still quickstart</c>: the built-in run on the built-in data.</summary>
internal static class QuickstartCommand
{
    public static Command Create(RunSessionFactory sessions, Terminal terminal)
    {
        var options = new RunOptions();
        var command = new Command("quickstart", "Run the built-in example; it needs no files and no internet");
        options.AddTo(command);
        command.SetAction((arguments, _) => new RunExecution(sessions, terminal).RunAsync(
            options.Read(SpecSource.Quickstart(), arguments),
            options.Nodes(arguments)));
        return command;
    }
}
