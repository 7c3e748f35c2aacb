using System.CommandLine;
using Stillhouse.Cli.Admission;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still run SPEC</c>: runs a spec from admission to verdict.</summary>
internal static class RunCommand
{
    public static Command Create(RunSessionFactory sessions, Terminal terminal)
    {
        var spec = SpecOptions.File();
        var options = new RunOptions();
        var command = new Command("run", "Distil a student from its teachers, as a spec describes it") { spec };
        options.AddTo(command);
        command.SetAction((arguments, _) => new RunExecution(sessions, terminal).RunAsync(
            options.Read(SpecSource.File(arguments.GetRequiredValue(spec)), arguments),
            options.Nodes(arguments)));
        return command;
    }
}
