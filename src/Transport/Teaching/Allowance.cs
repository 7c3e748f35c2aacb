using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Teaching;

/// <summary>What one student may still do: open lessons, and be sent answers. Both are bounded by the same limit.</summary>
internal sealed class Allowance(int limit) : IDisposable
{
    private readonly SemaphoreSlim _credits = new(limit, limit);
    private readonly Lock _gate = new();
    private readonly HashSet<long> _open = [];

    /// <exception cref="RefusalException">The limit is reached, or the number is open already.</exception>
    public void Open(long number)
    {
        lock (_gate)
        {
            if (_open.Count == limit)
            {
                throw new RefusalException(
                    RefusalReason.Protocol, $"lesson {number} would be open beside {limit} others, which is the agreed maximum");
            }

            if (!_open.Add(number))
            {
                throw new RefusalException(RefusalReason.Protocol, $"lesson {number} is open already");
            }
        }
    }

    public void Close(long number)
    {
        lock (_gate)
        {
            _open.Remove(number);
        }
    }

    /// <summary>Waits until one more answer may be sent, and counts it as sent.</summary>
    public Task SpendCreditAsync(CancellationToken cancellation) => _credits.WaitAsync(cancellation);

    /// <exception cref="RefusalException">More credit than answers were sent.</exception>
    public void GiveCredit(int answers)
    {
        var sent = limit - _credits.CurrentCount;
        if (answers < 1 || answers > sent)
        {
            throw new RefusalException(
                RefusalReason.Protocol, $"credit for {answers} answers, with {sent} sent and not yet credited");
        }

        _credits.Release(answers);
    }

    public void Dispose() => _credits.Dispose();
}
