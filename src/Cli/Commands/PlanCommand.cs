using System.CommandLine;
using Stillhouse.Cli.Admission;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still plan SPEC</c>: prints the stages that a run of a spec would have, without reading its data.</summary>
internal static class PlanCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = SpecOptions.File();
        var mermaid = new Option<bool>("--mermaid") { Description = "print a Mermaid flowchart in place of the table" };
        var seed = SpecOptions.Seed();
        var spec = new SpecOptions();
        var command = new Command("plan", "Show the stages of a run and what they hand on, without starting it") { file, mermaid, seed };
        spec.AddTo(command);
        command.SetAction(arguments => Print(
            terminal,
            spec.Read(SpecSource.File(arguments.GetRequiredValue(file)), arguments, arguments.GetValue(seed)),
            arguments.GetValue(mermaid)));
        return command;
    }

    private static int Print(Terminal terminal, SpecRequest request, bool asMermaid)
    {
        var problems = new List<SpecProblem>();
        if (SpecInspection.Read(request, problems) is not { } spec)
        {
            return ProblemList.Write(terminal.Error, problems);
        }

        var plan = PlanCompiler.Compile(spec);
        foreach (var line in asMermaid ? PlanMermaid.Lines(plan) : PlanText.Lines(spec.Name, plan))
        {
            terminal.Say(line);
        }

        return ExitCode.Success;
    }
}
