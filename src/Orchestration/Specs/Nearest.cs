namespace Stillhouse.Orchestration.Specs;

/// <summary>Guesses which valid name a person meant.</summary>
public static class Nearest
{
    /// <summary>
    /// The candidate with the fewest edits from <paramref name="written"/>, ignoring case, or null where none is within a
    /// third of its length (at least 2 edits).
    /// </summary>
    public static string? To(string written, IEnumerable<string> candidates) => All(written, candidates).FirstOrDefault();

    /// <summary>Every candidate as near as that, the nearest first.</summary>
    public static IEnumerable<string> All(string written, IEnumerable<string> candidates) =>
        from candidate in candidates
        let edits = Distance(written, candidate)
        where edits <= Math.Max(2, candidate.Length / 3)
        orderby edits
        select candidate;

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two words: optimal string alignment.</summary>
    public static int Distance(string from, string to)
    {
        var a = from.ToUpperInvariant();
        var b = to.ToUpperInvariant();
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1,
                        edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[a.Length, b.Length];
    }
}
