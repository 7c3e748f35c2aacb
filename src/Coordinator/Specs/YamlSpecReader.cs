using Stillhouse.Orchestration.Specs;
using YamlDotNet.Core;

namespace Stillhouse.Coordinator.Specs;

/// <summary>Reads YAML into nodes that know their places. Whatever cannot be read becomes a problem, never an exception.</summary>
public static class YamlSpecReader
{
    /// <summary>A larger file is not a spec.</summary>
    public const int MaximumBytes = 1 << 20;

    private const string WholeSpec = "a mapping with name, data, teachers and student";

    /// <summary>Reads a spec file, or returns null and adds at least one problem.</summary>
    /// <param name="path">As the person named it; problems repeat it.</param>
    public static SpecMapping? ReadFile(string path, ICollection<SpecProblem> problems)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MaximumBytes)
            {
                problems.Add(new SpecProblem(
                    WholeFile(path),
                    $"a file of {file.Length} bytes",
                    $"up to {MaximumBytes} bytes",
                    "name the spec, not its data"));
                return null;
            }

            using var text = new StreamReader(file);
            return Read(text, path, problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            var found = Directory.Exists(path) ? "a folder" : File.Exists(path) ? $"a file that cannot be read: {e.Message}" : "no such file";
            problems.Add(new SpecProblem(WholeFile(path), found, "a readable YAML file", "check the path and its permissions"));
            return null;
        }
    }

    /// <summary>Reads a spec, or returns null and adds at least one problem.</summary>
    /// <param name="source">What problems call the text.</param>
    public static SpecMapping? Read(TextReader text, string source, ICollection<SpecProblem> problems)
    {
        var found = new List<SpecProblem>();
        var root = ReadNode(text, (mark, path) => new Place(source, (int)mark.Line, (int)mark.Column, path), "", found);
        if (found.Count == 0 && root is not SpecMapping)
        {
            found.Add(new SpecProblem(
                root?.Place ?? WholeFile(source),
                root?.Describe() ?? "nothing",
                WholeSpec,
                "start from a copy of examples/quickstart.yaml"));
        }

        found.ForEach(problems.Add);
        return found.Count == 0 ? root as SpecMapping : null;
    }

    /// <summary>Reads <c>path=value</c>, the value in YAML's flow style, or returns null and adds at least one problem.</summary>
    public static SpecOverride? ReadOverride(string option, string assignment, ICollection<SpecProblem> problems)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            problems.Add(new SpecProblem(
                Place.Option(option),
                $"'{assignment}'",
                "path=value",
                "write for example distillation.temperature=4"));
            return null;
        }

        var path = assignment[..equals].Trim();
        var found = new List<SpecProblem>();
        using var text = new StringReader(assignment[(equals + 1)..]);
        var value = ReadNode(text, (_, within) => Place.Option(option, within), path, found)
            ?? new SpecScalar(Place.Option(option, path), "", IsQuoted: false);
        found.ForEach(problems.Add);
        return found.Count == 0 ? new SpecOverride(option, path, value) : null;
    }

    private static SpecNode? ReadNode(TextReader text, Func<Mark, string, Place> place, string path, List<SpecProblem> problems)
    {
        try
        {
            return new YamlNodes(text, place, problems).ReadDocument(path);
        }
        catch (YamlException e)
        {
            problems.Add(new SpecProblem(
                place(e.Start, path),
                $"text that is not YAML ({e.Message.TrimEnd('.')})",
                "YAML",
                "correct it; indent with spaces, and quote text with special characters"));
            return null;
        }
    }

    private static Place WholeFile(string path) => new(path, 0, 0, "");
}
