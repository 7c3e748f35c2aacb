using Stillhouse.Coordinator.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Admission;

/// <summary>Where a spec is read from.</summary>
public abstract record SpecSource
{
    private const string QuickstartResource = "quickstart.yaml";

    private SpecSource(string folder) => Folder = folder;

    /// <summary>Absolute; paths in the spec count from here.</summary>
    public string Folder { get; }

    /// <summary>The spec that is part of the program.</summary>
    public static SpecSource Quickstart() => new EmbeddedSource();

    /// <param name="path">As the person named it.</param>
    public static SpecSource File(string path) => new FileSource(path);

    /// <summary>Null, with problems added, where it cannot be read.</summary>
    public abstract SpecMapping? Read(ICollection<SpecProblem> problems);

    private sealed record FileSource(string Path)
        : SpecSource(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path, Environment.CurrentDirectory)) ?? "/")
    {
        public override SpecMapping? Read(ICollection<SpecProblem> problems) => YamlSpecReader.ReadFile(Path, problems);
    }

    private sealed record EmbeddedSource() : SpecSource(Environment.CurrentDirectory)
    {
        public override SpecMapping? Read(ICollection<SpecProblem> problems)
        {
            using var text = new StreamReader(typeof(SpecSource).Assembly.GetManifestResourceStream(QuickstartResource)!);
            return YamlSpecReader.Read(text, QuickstartResource, problems);
        }
    }
}
