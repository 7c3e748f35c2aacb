using System.Diagnostics.CodeAnalysis;

namespace Stillhouse.Transport.Targets;

/// <summary>Values in the order of their last use, as many as fit a number of bytes. Not safe for several threads.</summary>
/// <param name="budget">Bytes that all values together may have.</param>
internal sealed class ByteLru<TKey, TValue>(long budget)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _nodes = [];
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>Bytes of all values.</summary>
    public long Bytes { get; private set; }

    /// <summary>Every entry, the longest unused first.</summary>
    public IEnumerable<Entry> Entries => _byUse;

    public bool Contains(TKey key) => _nodes.ContainsKey(key);

    /// <summary>Finds a value and counts that as a use.</summary>
    public bool TryUse(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            value = default;
            return false;
        }

        _byUse.Remove(node);
        _byUse.AddLast(node);
        value = node.Value.Value;
        return true;
    }

    /// <summary>
    /// Adds a value whose key is new, as the last used, and returns what has no room any more, the longest unused first.
    /// What alone exceeds the budget comes straight back and displaces nothing.
    /// </summary>
    public IReadOnlyList<Entry> Add(TKey key, TValue value, long bytes)
    {
        var added = new Entry(key, value, bytes);
        if (bytes > budget)
        {
            return [added];
        }

        _nodes.Add(key, _byUse.AddLast(added));
        Bytes += bytes;
        if (Bytes <= budget)
        {
            return [];
        }

        var evicted = new List<Entry>();
        while (Bytes > budget)
        {
            evicted.Add(_byUse.First!.Value);
            Remove(_byUse.First.Value.Key);
        }

        return evicted;
    }

    public bool Remove(TKey key)
    {
        if (!_nodes.Remove(key, out var node))
        {
            return false;
        }

        _byUse.Remove(node);
        Bytes -= node.Value.Bytes;
        return true;
    }

    internal readonly record struct Entry(TKey Key, TValue Value, long Bytes);
}
