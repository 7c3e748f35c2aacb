using System.Globalization;
using System.Text.RegularExpressions;

namespace Stillhouse.Orchestration.Specs;

/// <summary>One value that the command line puts in place of the spec's own.</summary>
/// <param name="Option">The option that asks for it, for example <c>--set</c>.</param>
/// <param name="Path">For example <c>teachers[0].model.widths</c>.</param>
/// <param name="Value">Its places name the option.</param>
public sealed partial record SpecOverride(string Option, string Path, SpecNode Value)
{
    /// <summary>
    /// The spec with the value in it. A section that is not there yet is added; whether its keys exist at all is found by
    /// binding. Where the path leads nowhere, a problem is added and the spec stays as it is.
    /// </summary>
    public SpecMapping Apply(SpecMapping root, ICollection<SpecProblem> problems)
    {
        if (!PathSyntax().IsMatch(Path))
        {
            problems.Add(new SpecProblem(
                Place.Option(Option, Path),
                "a path that cannot be read",
                "keys joined by dots, positions of a list in brackets",
                "write for example distillation.temperature=4 or teachers[0].model.widths=[784, 10]"));
            return root;
        }

        string[] steps = [.. from Match step in Step().Matches(Path) select step.Value];
        return Replace(root, steps, "", problems) as SpecMapping ?? root;
    }

    private SpecNode? Replace(SpecNode? node, ReadOnlySpan<string> steps, string at, ICollection<SpecProblem> problems)
    {
        if (steps.IsEmpty)
        {
            return Value;
        }

        return steps[0][0] == '['
            ? ReplaceItem(node, steps, at, problems)
            : ReplaceEntry(node, steps, at, problems);
    }

    private SpecMapping? ReplaceEntry(SpecNode? node, ReadOnlySpan<string> steps, string at, ICollection<SpecProblem> problems)
    {
        var mapping = node as SpecMapping;
        if (mapping is null && node is not (null or SpecScalar { IsNull: true }))
        {
            problems.Add(new SpecProblem(
                Place.Option(Option, Path),
                $"{node.Describe()} at {at}",
                "a mapping, to have keys",
                $"set {at} itself"));
            return null;
        }

        mapping ??= new SpecMapping(Place.Option(Option, at), []);
        var key = steps[0];
        var path = at.Length == 0 ? key : $"{at}.{key}";
        var child = Replace(mapping.Find(key), steps[1..], path, problems);
        if (child is null)
        {
            return null;
        }

        var entries = mapping.Entries.ToList();
        var position = entries.FindIndex(entry => entry.Key == key);
        if (position < 0)
        {
            entries.Add(new SpecEntry(key, Place.Option(Option, path), child));
        }
        else
        {
            entries[position] = entries[position] with { Value = child };
        }

        return mapping with { Entries = entries };
    }

    private SpecSequence? ReplaceItem(SpecNode? node, ReadOnlySpan<string> steps, string at, ICollection<SpecProblem> problems)
    {
        var items = (node as SpecSequence)?.Items ?? [];
        var known = int.TryParse(steps[0].AsSpan(1, steps[0].Length - 2), CultureInfo.InvariantCulture, out var position);
        if (node is not SpecSequence sequence || !known || position >= items.Count)
        {
            problems.Add(new SpecProblem(
                Place.Option(Option, Path),
                $"position {steps[0]}",
                items.Count == 0 ? $"none, {at} has no items" : items.Count == 1 ? $"[0], the only item of {at}" : $"[0] to [{items.Count - 1}], the items of {at}",
                $"use a position that exists, or set {at} itself"));
            return null;
        }

        var child = Replace(items[position], steps[1..], $"{at}{steps[0]}", problems);
        return child is null ? null : sequence with { Items = [.. items.Take(position), child, .. items.Skip(position + 1)] };
    }

    [GeneratedRegex(@"^\w+(\[\d+\])*(\.\w+(\[\d+\])*)*$")]
    private static partial Regex PathSyntax();

    [GeneratedRegex(@"\w+|\[\d+\]")]
    private static partial Regex Step();
}
