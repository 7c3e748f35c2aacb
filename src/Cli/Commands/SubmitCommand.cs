using System.CommandLine;
using System.Globalization;
using Stillhouse.Cli.Admission;
using Stillhouse.Cli.Clients;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Specs;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still submit SPEC</c>: gives a run to a cluster, and returns when it is durable there.</summary>
internal static class SubmitCommand
{
    private const string IdName = "--id";
    private const string PriorityName = "--priority";
    private const int MostUrgent = 1_000;

    public static Command Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "the YAML file that describes the run; the nodes must see its data under the same path" };
        spec.Validators.Add(UsageErrors.RefuseOptions);
        var id = new Option<string?>(IdName) { Description = "the run's id; submitting it again starts nothing (default: a new one)", HelpName = "ID" };
        var wait = new Option<bool>("--wait") { Description = "follow the run to its end" };
        var priority = new Option<string>(PriorityName)
        {
            Description = "runs of a higher one get free devices first; nothing under way is stopped for them", HelpName = "N", DefaultValueFactory = _ => "0",
        };
        var seed = new Option<string?>("--seed") { Description = "the seed in place of the spec's", HelpName = "N" };
        var options = new SpecOptions();
        var cluster = new ClusterCommand(terminal);
        var command = new Command("submit", "Give a run to a cluster") { spec, id, priority, wait, seed };
        options.AddTo(command);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => cluster.ConnectAsync(
            arguments,
            problems => Read(
                options.Read(SpecSource.File(arguments.GetRequiredValue(spec)), arguments, arguments.GetValue(seed)),
                arguments.GetValue(id),
                ReadPriority(arguments.GetRequiredValue(priority), problems),
                terminal.Clock,
                problems),
            async (connection, submit) =>
            {
                var code = cluster.Answer(await connection.AskAsync(submit, cancellation), answer => Admitted(terminal, (RunAdmitted)answer));
                return code == ExitCode.Success && arguments.GetValue(wait)
                    ? await new RunWatch(terminal).FollowAsync(connection, submit.Run, ExitCode.Interrupted)
                    : code;
            },
            cancellation));
        return command;
    }

    private static int ReadPriority(string text, ICollection<SpecProblem> problems)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority) && Math.Abs(priority) <= MostUrgent)
        {
            return priority;
        }

        problems.Add(new SpecProblem(
            Place.Option(PriorityName), $"'{text}'", $"a whole number from -{MostUrgent} to {MostUrgent}", "write 0, or more for a run that is to go first"));
        return 0;
    }

    private static SubmitRun? Read(SpecRequest request, string? id, int priority, TimeProvider clock, ICollection<SpecProblem> problems)
    {
        var inspected = SpecInspection.Inspect(request, problems);
        var run = id is null ? null : RunArgument.Read(IdName, id, "write for example night-1", problems);
        return inspected is null || problems.Count > 0
            ? null
            : new SubmitRun(
                run ?? RunIds.New(inspected.Spec.Name, inspected.Spec.Seed, clock),
                inspected.Spec,
                Preflight.Facts(inspected.Spec.Data, inspected.Data),
                new NodesNeeded(Teachers: 1, Students: 1),
                priority);
    }

    private static int Admitted(Terminal terminal, RunAdmitted admitted)
    {
        terminal.Say(admitted.Anew
            ? $"run {admitted.Run} is recorded; follow it with still watch {admitted.Run}"
            : $"run {admitted.Run} was submitted before; nothing was started");
        return ExitCode.Success;
    }
}
