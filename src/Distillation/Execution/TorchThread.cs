using System.Collections.Concurrent;
using TorchSharp;

namespace Stillhouse.Distillation.Execution;

/// <summary>
/// One thread that does one trial's or one replica's torch work, in the order in which it was asked for. Dispose scopes,
/// gradient mode and the number of intra-op threads are per thread, so work that shares them belongs on one.
/// </summary>
public sealed class TorchThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Thread _thread;

    /// <param name="name">Shown by debuggers and profilers.</param>
    /// <param name="threads">Intra-op threads of libtorch; results are reproducible for a fixed number only.</param>
    public TorchThread(string name, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _thread = new Thread(() => Work(threads)) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>
    /// Runs work after all that was asked for before. Continuations of the task run elsewhere. Cancellation takes effect
    /// before the work begins; during it, the work itself must look.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The thread has been stopped.</exception>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            _work.Add(() => Complete(completion, work, cancellation), CancellationToken.None);
        }

        return completion.Task;
    }

    /// <summary>Cancels what has not begun and waits for the work under way. Not for the thread itself to call.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            _stopping.Cancel();
            _work.CompleteAdding();
        }

        _thread.Join();
        _work.Dispose();
        _stopping.Dispose();
    }

    private void Work(int threads)
    {
        // The first look at the number takes over what any thread of the process set last; only then is it this thread's own.
        torch.get_num_threads();
        torch.set_num_threads(threads);
        foreach (var job in _work.GetConsumingEnumerable())
        {
            job();
        }
    }

    private void Complete<T>(TaskCompletionSource<T> completion, Func<T> work, CancellationToken cancellation)
    {
        try
        {
            _stopping.Token.ThrowIfCancellationRequested();
            cancellation.ThrowIfCancellationRequested();
            completion.SetResult(work());
        }
        catch (OperationCanceledException e)
        {
            completion.SetCanceled(e.CancellationToken);
        }
        catch (Exception e)
        {
            completion.SetException(e);
        }
    }
}
