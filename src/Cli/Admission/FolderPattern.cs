namespace Stillhouse.Cli.Admission;

/// <summary>A folder, or many by the wildcards <c>*</c> and <c>?</c> in any part of the path.</summary>
internal static class FolderPattern
{
    private static readonly char[] Wildcards = ['*', '?'];
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Whether it is a pattern, and not the name of a folder that is there.</summary>
    public static bool IsPattern(string pattern) => pattern.IndexOfAny(Wildcards) >= 0 && !Directory.Exists(pattern);

    /// <summary>The folders that match, by name; hidden ones only where the pattern says so.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    public static IReadOnlyList<string> Match(string pattern)
    {
        var root = Path.GetPathRoot(pattern) ?? "";
        var parts = pattern[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var found = parts.Aggregate<string, IEnumerable<string>>([root], (folders, part) => folders.SelectMany(folder => Below(folder, part)));
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Below(string folder, string part)
    {
        if (part.IndexOfAny(Wildcards) < 0)
        {
            return Path.Combine(folder, part) is var named && Directory.Exists(named) ? [named] : [];
        }

        var options = new EnumerationOptions
        {
            AttributesToSkip = part.StartsWith('.') ? FileAttributes.None : FileAttributes.Hidden,
            IgnoreInaccessible = false,
        };
        return Directory.EnumerateDirectories(folder.Length > 0 ? folder : ".", part, options)
            .Select(found => Path.Combine(folder, Path.GetFileName(found)));
    }
}
