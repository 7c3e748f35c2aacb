using System.CommandLine;
using Stillhouse.Cli.Admission;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still eval WEIGHTS --model SPEC</c>: measures weights on the test split again.</summary>
internal static class EvalCommand
{
    public static Command Create(Terminal terminal)
    {
        var weights = new Argument<string>("WEIGHTS") { Description = "a safetensors file, for example out/NAME/student.safetensors" };
        var model = new Option<string>("--model") { Description = "the spec whose network and data are meant", HelpName = "SPEC", Required = true };
        var role = new Option<string>("--as")
        {
            Description = "whose network of the spec the weights are: student, baseline or a teacher's name",
            HelpName = "NAME",
            DefaultValueFactory = _ => StageName.Student,
        };
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var spec = new SpecOptions();
        var command = new Command("eval", "Measure weights on the test split of a spec's data") { weights, model, role, json };
        spec.AddTo(command);
        command.SetAction((arguments, cancellation) => new EvalExecution(terminal).RunAsync(
            arguments.GetRequiredValue(weights),
            spec.Read(SpecSource.File(arguments.GetRequiredValue(model)), arguments),
            arguments.GetRequiredValue(role),
            arguments.GetValue(json),
            cancellation));
        return command;
    }
}
