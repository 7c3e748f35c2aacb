using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Teaching;

/// <summary>Bytes that one student may still be sent. One task spends, another gives.</summary>
internal sealed class CreditBalance
{
    private readonly Lock _gate = new();
    private readonly long _granted;
    private long _left;
    private TaskCompletionSource? _more;

    /// <param name="granted">What the student begins with.</param>
    public CreditBalance(long granted) => _granted = _left = granted;

    /// <summary>Whether spending would not wait.</summary>
    public bool HasAny
    {
        get
        {
            lock (_gate)
            {
                return _left > 0;
            }
        }
    }

    /// <summary>Waits until anything is left, and spends up to <paramref name="wanted"/> bytes of it.</summary>
    public async ValueTask<int> SpendAsync(int wanted, CancellationToken cancellation)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_left > 0)
                {
                    var spent = (int)Math.Min(wanted, _left);
                    _left -= spent;
                    return spent;
                }

                _more ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                more = _more.Task;
            }

            await more.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <exception cref="RefusalException">More credit than bytes were sent.</exception>
    public void Give(long bytes)
    {
        TaskCompletionSource? more;
        lock (_gate)
        {
            var sent = _granted - _left;
            if (bytes < 1 || bytes > sent)
            {
                throw new RefusalException(
                    RefusalReason.Protocol, $"credit for {bytes} bytes, with {sent} sent and not yet credited");
            }

            _left += bytes;
            (more, _more) = (_more, null);
        }

        more?.SetResult();
    }
}
