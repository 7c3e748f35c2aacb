using System.Collections;

namespace Stillhouse.Transport.Tests.Serialization;

/// <summary>
/// Compares objects member by member, where records would compare lists by reference. Computed members are not compared.
/// </summary>
internal static class Structure
{
    /// <summary>The first difference, as the path to it and both sides, or null if there is none.</summary>
    public static string? Difference(object? expected, object? actual, string path = "")
    {
        if (expected is null || actual is null || expected.GetType().IsPrimitive || expected is string or ValueType or Uri)
        {
            return Equals(expected, actual) ? null : $"{path}: {expected ?? "null"} became {actual ?? "null"}";
        }

        if (expected is IEnumerable items)
        {
            return Differences(Indexed(items), Indexed((IEnumerable)actual), path).FirstOrDefault();
        }

        return expected.GetType() != actual.GetType()
            ? $"{path}: {expected.GetType()} became {actual.GetType()}"
            : Differences(Members(expected), Members(actual), path).FirstOrDefault();
    }

    private static IEnumerable<string> Differences(
        Dictionary<string, object?> expected, Dictionary<string, object?> actual, string path) =>
        expected.Keys.Union(actual.Keys)
            .Select(name => Difference(expected.GetValueOrDefault(name), actual.GetValueOrDefault(name), $"{path}.{name}"))
            .OfType<string>();

    private static Dictionary<string, object?> Indexed(IEnumerable items) =>
        items.Cast<object?>().Index().ToDictionary(item => $"{item.Index}", item => item.Item);

    private static Dictionary<string, object?> Members(object value) =>
        value.GetType().GetProperties().Where(property => property.CanWrite)
            .ToDictionary(property => property.Name, property => property.GetValue(value));
}
