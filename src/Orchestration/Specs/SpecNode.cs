using System.Globalization;

namespace Stillhouse.Orchestration.Specs;

/// <summary>A value as it was written, before anything is known about what it should be.</summary>
public abstract record SpecNode(Place Place)
{
    /// <summary>The value in the words of a problem report.</summary>
    public abstract string Describe();
}

/// <summary>Keys with their values, in the order in which they were written; a key may wrongly stand there twice.</summary>
public sealed record SpecMapping(Place Place, IReadOnlyList<SpecEntry> Entries) : SpecNode(Place)
{
    /// <summary>The first value under <paramref name="key"/>, or null.</summary>
    public SpecNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key)?.Value;

    public override string Describe() => Entries.Count == 0 ? "an empty mapping" : "a mapping";
}

/// <summary>One key of a mapping; <paramref name="Place"/> is where the key stands.</summary>
public sealed record SpecEntry(string Key, Place Place, SpecNode Value);

/// <summary>A list.</summary>
public sealed record SpecSequence(Place Place, IReadOnlyList<SpecNode> Items) : SpecNode(Place)
{
    public override string Describe() => Items.Count == 0 ? "an empty list" : $"a list of {Items.Count}";
}

/// <summary>A single value.</summary>
/// <param name="Text">As written, without quotes.</param>
/// <param name="IsQuoted">Quoted values are text, whatever they look like.</param>
public sealed record SpecScalar(Place Place, string Text, bool IsQuoted) : SpecNode(Place)
{
    private const int MaximumShown = 60;

    /// <summary>Nothing was written, or <c>null</c> or <c>~</c>.</summary>
    public bool IsNull => !IsQuoted && Text is "" or "~" or "null";

    public override string Describe()
    {
        var shown = Text.Length <= MaximumShown ? Text : string.Concat(Text.AsSpan(0, MaximumShown), "…");
        return IsNull ? "nothing"
            : IsQuoted ? $"\"{shown}\""
            : double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || Text is "true" or "false" ? shown
            : $"'{shown}'";
    }
}
