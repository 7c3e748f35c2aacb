using Stillhouse.Cli.Clients;
using Stillhouse.Cli.Running;
using Stillhouse.Messages.Identity;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cli.Commands;

/// <summary>Follows a run of a cluster. Leaving it changes nothing there.</summary>
internal sealed class RunWatch(Terminal terminal)
{
    /// <param name="left">The exit code of somebody who leaves before the end.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> FollowAsync(ClusterConnection connection, RunId run, int left)
    {
        var end = new TaskCompletionSource<IRunMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var hasLeft = await terminal.WatchAsync(async view =>
        {
            using var interruption = new Interruption(() => view.Note($"left; run {run} goes on"));
            interruption.OnKill(terminal.Restore);
            connection.System.ActorOf(RunFollower.Props(connection.Coordinator, new WatchRun(run), view, end));
            await Task.WhenAny(end.Task, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, interruption.Token));
            return !end.Task.IsCompleted;
        });
        return hasLeft ? left : Conclude(await end.Task);
    }

    private int Conclude(IRunMessage end)
    {
        switch (end)
        {
            case RunUnknown unknown:
                return RunArgument.NotFound(terminal, unknown);
            case RunCompleted completed:
                terminal.Say(
                    $"run {completed.Run} has completed; still export {completed.Run} DIR writes its results");
                return ExitCode.Success;
            case RunFailed failed:
                terminal.Error.WriteLine($"failed: {failed.Reason}");
                return ExitCode.RunFailed;
            default:
                terminal.Error.WriteLine($"run {end.Run} has been cancelled");
                return ExitCode.RunFailed;
        }
    }
}
