using System.Collections;
using System.Globalization;

namespace Stillhouse.Orchestration.Specs;

/// <summary>Puts into words what may stand in a field, and what to do where something else does.</summary>
internal static class SpecWords
{
    /// <summary>For example <c>a number above 0 up to 1000</c>, or <c>a list of 2 or more, each a whole number from 1 to 10</c>.</summary>
    public static string Allowed(SpecField field, Type type)
    {
        if (SpecSchema.ElementOf(type) is { } element)
        {
            return $"{ListLength(field)}, each {Allowed(field, element)}";
        }

        return type == typeof(bool) ? "true or false"
            : type == typeof(int) || type == typeof(long) ? $"a whole number {field.Bounds?.Describe(whole: true)}".TrimEnd()
            : type == typeof(double) ? $"a number {field.Bounds?.Describe(whole: false)}".TrimEnd()
            : type == typeof(string) ? (field.AllowedTexts.Count > 0 ? Either(field.AllowedTexts) : "text")
            : SpecSchema.VariantsOf(type).Keys.ToArray() is { Length: > 0 } kinds ? $"a mapping with kind {Either(kinds)}"
            : "a mapping";
    }

    /// <summary>What to write, with the default and the meaning of the field.</summary>
    public static string Remedy(SpecField field)
    {
        var instead = field.IsRequired ? "write such a value"
            : Default(field) is { } value ? $"write such a value, the default is {value}"
            : "write such a value or leave the key out";
        return $"{instead} ({field.Description})";
    }

    /// <summary>For example <c>a, b or c</c>.</summary>
    public static string Either(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";

    /// <summary>As it would be written; null for a field that is left empty, or whose default is a record without kinds.</summary>
    public static string? Default(SpecField field) =>
        SpecSchema.KindOf(field.Default, field.Type) ?? field.Default switch
        {
            bool flag => flag ? "true" : "false",
            string text => text,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable items => $"[{string.Join(", ", items.Cast<object>())}]",
            _ => null,
        };

    private static string ListLength(SpecField field) =>
        field.MinimumLength == field.MaximumLength ? $"a list of {field.MinimumLength}"
        : field.MinimumLength > 0 ? $"a list of {field.MinimumLength} or more"
        : "a list";
}
