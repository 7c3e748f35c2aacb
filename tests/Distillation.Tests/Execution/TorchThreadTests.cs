using Stillhouse.Distillation.Execution;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Execution;

public class TorchThreadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_SeveralJobs_RunInOrderOnTheOneThread()
    {
        using var thread = new TorchThread("test", 1);
        var order = new List<(int Job, int Thread)>();
        var jobs = Enumerable.Range(0, 20).Select(job => thread.RunAsync(
            () =>
            {
                order.Add((job, Environment.CurrentManagedThreadId));
                return job;
            },
            Cancellation));

        var results = await Task.WhenAll(jobs);

        results.ShouldBe(Enumerable.Range(0, 20));
        order.Select(entry => entry.Job).ShouldBe(Enumerable.Range(0, 20));
        order.Select(entry => entry.Thread).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_BesideOtherThreads_UsesTheThreadsAskedFor()
    {
        TorchThread[] threads = [.. Enumerable.Range(0, 20).Select(index => new TorchThread("test", (index % 2) + 1))];

        var counts = await Task.WhenAll(threads.Select(thread => thread.RunAsync(get_num_threads, Cancellation)));

        counts.ShouldBe(Enumerable.Range(0, 20).Select(index => (index % 2) + 1));
        Array.ForEach(threads, thread => thread.Dispose());
    }

    [Fact]
    public async Task RunAsync_WhenWorkThrows_FailsTheTaskAndGoesOn()
    {
        using var thread = new TorchThread("test", 1);
        await Should.ThrowAsync<InvalidDataException>(thread.RunAsync<int>(() => throw new InvalidDataException(), Cancellation));
        (await thread.RunAsync(() => 7, Cancellation)).ShouldBe(7);
    }

    [Fact]
    public async Task RunAsync_WhenCancelledBeforeItsTurn_NeverRuns()
    {
        using var thread = new TorchThread("test", 1);
        using var cancelling = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var ran = false;
        var first = thread.RunAsync(() => Pass(gate), Cancellation);
        var second = thread.RunAsync(() => ran = true, cancelling.Token);

        await cancelling.CancelAsync();
        gate.Set();

        await first;
        await Should.ThrowAsync<OperationCanceledException>(second);
        ran.ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_Continuations_DoNotRunOnTheThread()
    {
        using var thread = new TorchThread("test", 1);
        using var gate = new ManualResetEventSlim();
        var own = await thread.RunAsync(() => Environment.CurrentManagedThreadId, Cancellation);
        var continued = thread.RunAsync(() => Pass(gate), Cancellation).ContinueWith(
            _ => Environment.CurrentManagedThreadId,
            Cancellation,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        gate.Set();

        (await continued).ShouldNotBe(own);
    }

    [Fact]
    public async Task Dispose_WithWorkQueued_FinishesWhatRunsAndCancelsTheRest()
    {
        var thread = new TorchThread("test", 1);
        using var gate = new ManualResetEventSlim();
        using var running = new ManualResetEventSlim();
        var first = thread.RunAsync(
            () =>
            {
                running.Set();
                return Pass(gate);
            },
            Cancellation);
        var second = thread.RunAsync(() => true, Cancellation);
        running.Wait(Cancellation);

        var disposal = Task.Run(thread.Dispose, Cancellation);
        while (!IsStopped(thread))
        {
            await Task.Yield();
        }

        gate.Set();
        await disposal;

        (await first).ShouldBeTrue();
        await Should.ThrowAsync<OperationCanceledException>(second);
    }

    private static bool Pass(ManualResetEventSlim gate)
    {
        gate.Wait(Cancellation);
        return true;
    }

    private static bool IsStopped(TorchThread thread)
    {
        try
        {
            _ = thread.RunAsync(() => true, Cancellation);
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
