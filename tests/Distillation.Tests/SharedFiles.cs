namespace Stillhouse.Distillation.Tests;

/// <summary>Files that lie beside the repository and may be absent.</summary>
internal static class SharedFiles
{
    /// <summary>The path of a file written by PyTorch; skips the test where it is absent.</summary>
    public static string PyTorch(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Cluster.sln")))
        {
            root = root.Parent;
        }

        var path = Path.Combine(root?.FullName ?? "", "..", "shared", "fixtures", "pytorch", name);
        if (!File.Exists(path))
        {
            Assert.Skip($"The PyTorch fixture {name} is absent.");
        }

        return path;
    }
}
