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
        weights.Validators.Add(UsageErrors.RefuseOptions);
        var model = new Option<string>("--model") { Description = "the spec that describes the network and the data", HelpName = "SPEC", Required = true };
        var role = new Option<string>("--as")
        {
            Description = "whose weights they are: student, baseline or a teacher's name",
            HelpName = "NAME",
            DefaultValueFactory = _ => StageName.Student,
        };
        var json = new Option<bool>("--json") { Description = "print the figures as JSON" };
        var spec = new SpecOptions();
        var command = new Command("eval", "Measure trained weights on the test samples again") { weights, model, role, json };
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
