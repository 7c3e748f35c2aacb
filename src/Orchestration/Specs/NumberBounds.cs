using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Stillhouse.Orchestration.Specs;

/// <summary>The bounds that a <see cref="RangeAttribute"/> sets, for numbers of any type.</summary>
internal sealed class NumberBounds(RangeAttribute range)
{
    private readonly double _minimum = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
    private readonly double _maximum = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);

    public bool Contain(double number) =>
        (range.MinimumIsExclusive ? number > _minimum : number >= _minimum)
        && (range.MaximumIsExclusive ? number < _maximum : number <= _maximum);

    /// <summary>For example <c> above 0 up to 1000</c> or <c> from 0 to below 1</c>.</summary>
    public string Describe(bool whole) =>
        (range.MinimumIsExclusive ? $"above {Show(_minimum, whole)} " : $"from {Show(_minimum, whole)} ")
        + (range.MaximumIsExclusive ? "to below " : range.MinimumIsExclusive ? "up to " : "to ")
        + Show(_maximum, whole);

    private static string Show(double bound, bool whole) =>
        whole ? ((long)bound).ToString(CultureInfo.InvariantCulture) : bound.ToString(CultureInfo.InvariantCulture);
}
