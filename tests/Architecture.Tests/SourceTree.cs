namespace Stillhouse.Architecture.Tests;

/// <summary>The files that people write, as paths relative to the root with forward slashes; build outputs are left out.</summary>
internal static class SourceTree
{
    private static readonly string[] WrittenFolders =
        [".ci", "benchmarks", "build", "deploy", "docs", "examples", "src", "tests"];

    private static readonly string[] WrittenExtensions =
        [".conf", ".cs", ".csproj", ".json", ".md", ".props", ".proto", ".sln", ".svg", ".targets", ".txt", ".yaml", ".yml"];

    private static readonly HashSet<string> BuildOutputs = ["bin", "obj", "out", "TestResults"];

    /// <summary>Everything below the folders of the repository.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. WrittenFolders.Select(Absolute).Where(Directory.Exists).SelectMany(Below).Select(Relative)];

    /// <summary>C# files.</summary>
    public static IReadOnlyList<string> Code { get; } = [.. Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal))];

    /// <summary>README.md and the pages below docs.</summary>
    public static IReadOnlyList<string> Pages { get; } =
        ["README.md", .. Files.Where(file => file.StartsWith("docs/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal))];

    /// <summary>Every file of text, those beside the solution included.</summary>
    public static IEnumerable<string> Texts => Files
        .Concat(Directory.EnumerateFiles(Repository.Root).Select(Relative))
        .Where(file => WrittenExtensions.Contains(Path.GetExtension(file)) || file.StartsWith(".ci/", StringComparison.Ordinal));

    public static string Absolute(string file) => Path.Combine(Repository.Root, file);

    public static string Read(string file) => File.ReadAllText(Absolute(file));

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder)
                .Where(inner => !BuildOutputs.Contains(Path.GetFileName(inner)))
                .SelectMany(Below));

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}
