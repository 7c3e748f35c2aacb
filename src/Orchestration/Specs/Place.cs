namespace Stillhouse.Orchestration.Specs;

/// <summary>Where something stands that a person wrote: in a spec file, or in an option of the command line.</summary>
/// <param name="Source">The file as the person named it, or the option, for example <c>--set</c>.</param>
/// <param name="Line">From 1; 0 where the source has no lines.</param>
/// <param name="Column">From 1; 0 where the source has no columns.</param>
/// <param name="Path">The path within the spec, for example <c>teachers[0].model.widths</c>; empty for the whole.</param>
public sealed record Place(string Source, int Line, int Column, string Path)
{
    /// <summary>The place of an option, which has no lines.</summary>
    public static Place Option(string option, string path = "") => new(option, 0, 0, path);

    /// <summary>Files before options, then as they are read.</summary>
    public static IComparer<Place> ReadingOrder { get; } = Comparer<Place>.Create((a, b) =>
        (a.Line == 0, a.Source, a.Line, a.Column, a.Path).CompareTo((b.Line == 0, b.Source, b.Line, b.Column, b.Path)));

    /// <summary><c>examples/x.yaml:12:5 distillation.temperature</c>, or <c>--set distillation.temperature</c>.</summary>
    public override string ToString()
    {
        var source = Line > 0 ? $"{Source}:{Line}:{Column}" : Source;
        return Path.Length > 0 ? $"{source} {Path}" : source;
    }
}
