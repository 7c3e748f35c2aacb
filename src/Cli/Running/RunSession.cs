using Akka.Actor;
using Stillhouse.Cli.Views;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Placement;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cli.Running;

/// <inheritdoc />
public sealed class RunSession(RunFolders folders, Interruption interruption) : IRunSession
{
    /// <summary>How long an interrupted run may take to say that it has stopped, before its nodes are stopped anyhow.</summary>
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(3);

    /// <summary>How long a failed run waits for the news that a node has died.</summary>
    private static readonly TimeSpan CauseGrace = TimeSpan.FromSeconds(1);

    public async Task<RunEnd> ExecuteAsync(AdmittedRun run, NodeCounts? nodes, IRunView view)
    {
        interruption.OnKill(folders.Dispose);
        try
        {
            // This machine takes whatever the spec asks for: it is the only one there is.
            var threads = Math.Max(Environment.ProcessorCount, Feasibility.LargestNeed(run.Spec));
            await using var cluster = nodes is null
                ? await EmbeddedCluster.StartAsync(folders, run.Targets, threads, interruption.Token)
                : await ProcessCluster.StartAsync(
                    new ClusterRequest(nodes, folders.Nodes, run.Targets, threads), view, interruption, interruption.Token);
            return await FollowAsync(cluster, run, nodes ?? NodeCounts.Embedded, view);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return new RunEnd.Cancelled();
        }
    }

    private async Task<RunEnd> FollowAsync(IRunCluster cluster, AdmittedRun run, NodeCounts nodes, IRunView view)
    {
        var end = new TaskCompletionSource<IRunMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var submit = new SubmitRun(run.Id, run.Spec, run.Dataset, new NodesNeeded(nodes.Teachers, nodes.Students));
        var follower = cluster.System.ActorOf(
            RunFollower.Props(cluster.Coordinator, submit, view, end));
        try
        {
            await Task.WhenAny(end.Task, cluster.Broken).WaitAsync(interruption.Token);
            if (end.Task.IsCompleted && await end.Task is not RunFailed)
            {
                return EndOf(await end.Task);
            }

            // The run may hear that a teacher is silent before this process hears that its node has died: that is the cause.
            await Task.WhenAny(cluster.Broken, Task.Delay(CauseGrace, TimeProvider.System));
            return cluster.Broken.IsCompleted ? new RunEnd.Failed(await cluster.Broken) : EndOf(await end.Task);
        }
        catch (OperationCanceledException)
        {
            follower.Tell(new CancelRun(run.Id));
            await Task.WhenAny(end.Task, cluster.Broken, Task.Delay(CancelGrace, TimeProvider.System));
            return new RunEnd.Cancelled();
        }
    }

    private static RunEnd EndOf(IRunMessage message) => message switch
    {
        RunCompleted completed => new RunEnd.Completed(completed.Report),
        RunFailed failed => new RunEnd.Failed(failed.Reason),
        RunRefused refused => new RunEnd.Failed(refused.Reason),
        RunCancelled => new RunEnd.Cancelled(),
        _ => throw new InvalidOperationException($"{message.GetType().Name} does not end a run."),
    };
}
