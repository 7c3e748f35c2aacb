namespace Stillhouse.Orchestration.Tests;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

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
