namespace Stillhouse.Distillation.Tests;

/// <summary>Real data for tests, which is not part of the repository.</summary>
internal static class SharedData
{
    private const string Variable = "STILLHOUSE_DATA";

    /// <summary>The folder of one dataset; the test is skipped where it is absent.</summary>
    public static string Require(string name)
    {
        var root = Environment.GetEnvironmentVariable(Variable) ?? Path.Combine(RepositoryRoot(), "..", "shared", "data");
        var folder = Path.GetFullPath(Path.Combine(root, name));
        Assert.SkipUnless(Directory.Exists(folder), $"There is no {name} in {root}; set {Variable} to where it is.");
        return folder;
    }

    /// <summary>A file written by PyTorch; the test is skipped where it is absent.</summary>
    public static string RequirePyTorch(string file)
    {
        var path = Path.GetFullPath(Path.Combine(RepositoryRoot(), "..", "shared", "fixtures", "pytorch", file));
        Assert.SkipUnless(File.Exists(path), $"There is no {path}.");
        return path;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No Cluster.sln above the tests.");
        }

        return folder.FullName;
    }
}
