using System.CommandLine;
using Stillhouse.Cli.Clients;
using Stillhouse.Cli.Views;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still pause|resume|cancel|retry RUN</c>. Each may be given again: it says whether it changed something.</summary>
internal static class RunControlCommands
{
    public static IEnumerable<Command> Create(Terminal terminal) =>
    [
        Create(terminal, "pause", "Stop a run's trials, which keep their checkpoints, and free their nodes", id => new PauseRun(id), RunStatus.Paused),
        Create(terminal, "resume", "Let a paused run go on", id => new ResumeRun(id), RunStatus.Running),
        Create(terminal, "cancel", "End a run without a result", id => new CancelRun(id), RunStatus.Cancelled),
        Create(terminal, "retry", "Let a run that failed or was cancelled go on; what had finished is not done again", id => new RetryRun(id), RunStatus.Running),
    ];

    private static Command Create(Terminal terminal, string name, string description, Func<RunId, IRunControl> control, RunStatus wanted)
    {
        var run = new RunArgument();
        var cluster = new ClusterCommand(terminal);
        var command = new Command(name, description);
        run.AddTo(command);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => cluster.AskAsync(
            arguments,
            problems => run.Read(arguments, problems) is { } id ? control(id) : null,
            answer => Write(terminal, name, (RunStands)answer, wanted),
            cancellation));
        return command;
    }

    /// <summary>A run that stands elsewhere than was wanted could not be brought there.</summary>
    private static int Write(Terminal terminal, string name, RunStands stands, RunStatus wanted)
    {
        if (stands.Status != wanted)
        {
            terminal.Error.WriteLine($"run {stands.Run} {Words.Of(stands.Status)}; {name} changes nothing");
            return ExitCode.RunFailed;
        }

        terminal.Say($"run {stands.Run} {Words.Of(stands.Status)}{(stands.Changed ? "" : " already")}");
        return ExitCode.Success;
    }
}
