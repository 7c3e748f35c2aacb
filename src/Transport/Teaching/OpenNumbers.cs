using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Teaching;

/// <summary>The numbers of one student's open lessons.</summary>
/// <param name="limit">Lessons that may be open at once.</param>
internal sealed class OpenNumbers(int limit)
{
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
}
