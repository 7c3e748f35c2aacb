using System.Globalization;

namespace Stillhouse.Cli.Admission;

/// <summary>A number of bytes as people write it: <c>1048576</c>, <c>256MiB</c> or <c>4GiB</c>.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, long Bytes)[] Units = [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("B", 1)];

    public static bool TryParse(string text, out long bytes)
    {
        var (unit, factor) = Array.Find(Units, unit => text.EndsWith(unit.Unit, StringComparison.Ordinal)) is { Unit: not null } found ? found : ("", 1);
        var isNumber = long.TryParse(text.AsSpan(0, text.Length - unit.Length).TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var fits = isNumber && number <= long.MaxValue / factor;
        bytes = fits ? number * factor : 0;
        return fits;
    }

    /// <summary>In the largest unit that leaves a whole number.</summary>
    public static string Format(long bytes)
    {
        var (unit, factor) = Units.Where(unit => bytes % unit.Bytes == 0 && bytes >= unit.Bytes).DefaultIfEmpty((Unit: "B", Bytes: 1L)).MaxBy(unit => unit.Bytes);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor}{unit}");
    }
}
