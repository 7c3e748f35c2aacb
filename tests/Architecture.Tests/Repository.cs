using System.Xml.Linq;

namespace Stillhouse.Architecture.Tests;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    private const string Prefix = "Stillhouse.";

    public static string Root { get; } = FindRoot();

    /// <summary>The projects under src by their short names, for example <c>Messages</c>.</summary>
    public static IReadOnlyDictionary<string, SourceProject> Projects { get; } =
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(Read)
            .ToDictionary(project => project.Name);

    private static SourceProject Read(string file)
    {
        var document = XDocument.Load(file);
        return new SourceProject(
            ShortName(file),
            [.. Includes(document, "ProjectReference").Select(path => ShortName(path.Replace('\\', '/')))],
            [.. Includes(document, "PackageReference")]);
    }

    private static string ShortName(string projectFile) => Path.GetFileNameWithoutExtension(projectFile)[Prefix.Length..];

    private static IEnumerable<string> Includes(XDocument project, string item) =>
        project.Descendants(item).Select(element => element.Attribute("Include")!.Value);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No Cluster.sln above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}

/// <summary>What a project file refers to.</summary>
internal sealed record SourceProject(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages);
