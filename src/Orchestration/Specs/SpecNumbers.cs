using System.Collections;
using System.Text.RegularExpressions;

namespace Stillhouse.Orchestration.Specs;

/// <summary>The numbers of a spec by their paths, as <c>student.model.widths[1]</c> or <c>distillation.losses[0].weight</c>.</summary>
internal static partial class SpecNumbers
{
    private const string CloneMethod = "<Clone>$";

    /// <summary>Every number in a record and in the records below it, with the field that bounds it.</summary>
    /// <param name="path">Of the record.</param>
    public static IEnumerable<KeyValuePair<string, SpecField>> Below(object record, string path) =>
        from field in SpecSchema.FieldsOf(record)
        from number in At(field, field.Get(record), $"{path}.{field.Key}")
        select number;

    /// <summary>A copy of a record with one number in place of that at a path; the record itself stays as it is.</summary>
    /// <exception cref="ArgumentException">No number stands at the path, or only a whole one can.</exception>
    /// <exception cref="OverflowException">The number is beyond the type of the field.</exception>
    public static T With<T>(T record, string path, double number)
        where T : notnull
    {
        string[] steps = [.. from Match step in Step().Matches(path) select step.Value];
        return (T)Replace(record, typeof(T), steps, number, path);
    }

    private static IEnumerable<KeyValuePair<string, SpecField>> At(SpecField field, object? value, string path) => value switch
    {
        _ when IsNumber(field.Type) => [new(path, field)],
        IList list when IsNumber(SpecSchema.ElementOf(field.Type)) =>
            Enumerable.Range(0, list.Count).Select(position => KeyValuePair.Create($"{path}[{position}]", field)),
        IList list =>
            from item in list.Cast<object>().Index()
            where IsRecord(item.Item)
            from number in Below(item.Item, $"{path}[{item.Index}]")
            select number,
        { } record when IsRecord(record) => Below(record, path),
        _ => [],
    };

    /// <param name="declared">What may stand where the value does.</param>
    private static object Replace(object? value, Type declared, ReadOnlySpan<string> steps, double number, string path)
    {
        if (value is IList list && !steps.IsEmpty && int.TryParse(steps[0].Trim('[', ']'), out var position) && position < list.Count)
        {
            var element = SpecSchema.ElementOf(declared)!;
            var items = Array.CreateInstance(element, list.Count);
            list.CopyTo(items, 0);
            items.SetValue(Replace(list[position], element, steps[1..], number, path), position);
            return items;
        }

        if (value?.GetType().GetMethod(CloneMethod) is { } clone
            && !steps.IsEmpty && SpecSchema.PropertyOf(value.GetType(), steps[0]) is { } property)
        {
            var inner = property.GetValue(value);
            var copy = clone.Invoke(value, null)!;
            property.SetValue(
                copy,
                inner is null
                    ? Convert(number, property.PropertyType, path)
                    : Replace(inner, property.PropertyType, steps[1..], number, path));
            return copy;
        }

        return steps.IsEmpty && value is not null ? Convert(number, value.GetType(), path) : throw NoNumber(path);
    }

    private static object Convert(double number, Type type, string path) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var plain when plain == typeof(int) => (object)checked((int)Whole(number, path)),
        var plain when plain == typeof(long) => checked((long)Whole(number, path)),
        var plain when plain == typeof(double) => number,
        _ => throw NoNumber(path),
    };

    private static double Whole(double number, string path) =>
        double.IsInteger(number) ? number : throw new ArgumentException($"{path} takes whole numbers, not {number}.", nameof(number));

    private static bool IsRecord(object value) => value.GetType().GetMethod(CloneMethod) is not null;

    private static bool IsNumber(Type? type) => type == typeof(int) || type == typeof(long) || type == typeof(double);

    private static ArgumentException NoNumber(string path) => new($"{path} is no number of the spec.", nameof(path));

    [GeneratedRegex(@"\w+|\[\d+\]")]
    private static partial Regex Step();
}
