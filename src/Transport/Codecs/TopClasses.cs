using System.Numerics;

namespace Stillhouse.Transport.Codecs;

/// <summary>Finds the greatest values of a row, in one pass that rarely looks at single ones.</summary>
internal static class TopClasses
{
    /// <summary>
    /// Writes the indices of the K greatest values, ascending; of equal values the first count as greater.
    /// K is the length of <paramref name="ids"/>, at least 1 and at most the number of values.
    /// </summary>
    /// <param name="heap">K values to work with.</param>
    public static void Select(ReadOnlySpan<float> values, Span<float> heap, Span<int> ids)
    {
        var least = Least(values, heap);
        var ties = ids.Length;
        foreach (var value in heap)
        {
            ties -= value > least ? 1 : 0;
        }

        var found = 0;
        for (var i = FirstAtLeast(values, 0, least); found < ids.Length; i = FirstAtLeast(values, i + 1, least))
        {
            if (values[i] > least || ties-- > 0)
            {
                ids[found++] = i;
            }
        }
    }

    /// <summary>The K-th greatest value: the root of a min-heap that holds the K greatest so far.</summary>
    private static float Least(ReadOnlySpan<float> values, Span<float> heap)
    {
        values[..heap.Length].CopyTo(heap);
        for (var i = (heap.Length / 2) - 1; i >= 0; i--)
        {
            SiftDown(heap, i);
        }

        for (var i = heap.Length; (i = FirstAtLeast(values, i, MathF.BitIncrement(heap[0]))) < values.Length; i++)
        {
            heap[0] = values[i];
            SiftDown(heap, 0);
        }

        return heap[0];
    }

    /// <summary>The first index from <paramref name="start"/> on with a value that is not below; else how many values there are.</summary>
    private static int FirstAtLeast(ReadOnlySpan<float> values, int start, float bound)
    {
        var bounds = new Vector<float>(bound);
        var i = start;
        while (i <= values.Length - Vector<float>.Count && Vector.LessThanAll(new Vector<float>(values[i..]), bounds))
        {
            i += Vector<float>.Count;
        }

        while (i < values.Length && values[i] < bound)
        {
            i++;
        }

        return i;
    }

    private static void SiftDown(Span<float> heap, int parent)
    {
        var value = heap[parent];
        for (var child = (2 * parent) + 1; child < heap.Length; child = (2 * parent) + 1)
        {
            if (child + 1 < heap.Length && heap[child + 1] < heap[child])
            {
                child++;
            }

            if (heap[child] >= value)
            {
                break;
            }

            heap[parent] = heap[child];
            parent = child;
        }

        heap[parent] = value;
    }
}
