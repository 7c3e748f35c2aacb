namespace Stillhouse.Distillation.Data.Idx;

/// <summary>A folder with MNIST's four files, under any of the names that they are handed around by.</summary>
internal sealed class IdxFolder(string path)
{
    private const string Remedy =
        "Put the four files of MNIST there, or point data.path at the folder that has them.";

    public IdxFile TrainImages() => Read("train-images", "idx3-ubyte", IdxKind.Images);

    public IdxFile TrainLabels() => Read("train-labels", "idx1-ubyte", IdxKind.Labels);

    public IdxFile TestImages() => Read("t10k-images", "idx3-ubyte", IdxKind.Images);

    public IdxFile TestLabels() => Read("t10k-labels", "idx1-ubyte", IdxKind.Labels);

    /// <summary>What is wrong where there is no such folder, or null.</summary>
    public DataProblem? Absence() =>
        Directory.Exists(path)
            ? null
            : new DataProblem(path, File.Exists(path) ? "a file" : "nothing", "a folder with IDX files", Remedy);

    private IdxFile Read(string stem, string suffix, IdxKind kind)
    {
        string[] names = [$"{stem}-{suffix}", $"{stem}-{suffix}.gz", $"{stem}.{suffix}", $"{stem}.{suffix}.gz"];
        var found = names.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists);
        return found is not null
            ? IdxFile.Read(found, kind)
            : throw new DataException(new DataProblem(
                path, $"no {names[0]}", $"{kind.Name} called {string.Join(", ", names[..^1])} or {names[^1]}", Remedy));
    }
}
