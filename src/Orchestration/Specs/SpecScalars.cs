using System.Globalization;

namespace Stillhouse.Orchestration.Specs;

/// <summary>Reads single values.</summary>
internal static class SpecScalars
{
    /// <summary>False where the text is not of the type or not within the field's bounds. Numbers are finite.</summary>
    public static bool TryParse(SpecScalar scalar, SpecField field, Type type, out object? value)
    {
        value = scalar switch
        {
            { IsNull: true } => null,
            _ when type == typeof(string) => Text(scalar, field),
            { IsQuoted: true } => null,
            _ when type == typeof(bool) => Flag(scalar.Text),
            _ when type == typeof(double) => Real(scalar.Text, field),
            _ when type == typeof(long) => Whole(scalar.Text, field),
            _ when type == typeof(int) => Whole(scalar.Text, field) is { } whole && whole == (int)whole ? (int)whole : null,
            _ => (object?)null,
        };
        return value is not null;
    }

    private static string? Text(SpecScalar scalar, SpecField field) =>
        field.AllowedTexts.Count == 0 || field.AllowedTexts.Contains(scalar.Text) ? scalar.Text : null;

    private static object? Flag(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    private static long? Whole(string text, SpecField field) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && field.Bounds?.Contain(number) is not false
            ? number
            : null;

    private static double? Real(string text, SpecField field) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
        && field.Bounds?.Contain(number) is not false
            ? number
            : null;
}
