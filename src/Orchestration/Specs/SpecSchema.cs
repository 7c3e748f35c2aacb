using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillhouse.Orchestration.Specs;

/// <summary>What the spec records themselves say about keys and variants.</summary>
internal static class SpecSchema
{
    /// <summary>The key that chooses among the variants of a record.</summary>
    public const string KindKey = "kind";

    /// <summary>The keys of a record, in the order of its declaration, base record first.</summary>
    public static IReadOnlyList<SpecField> FieldsOf(object record) =>
    [
        .. from property in PropertiesOf(record.GetType())
           orderby property.DeclaringType == record.GetType() ? 1 : 0
           select new SpecField(property, record),
    ];

    /// <summary>What stands under a key of a record, or null where it has no such key; cheaper than its field.</summary>
    public static PropertyInfo? PropertyOf(Type record, string key) =>
        PropertiesOf(record).FirstOrDefault(property => KeyOf(property) == key);

    public static string KeyOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>The records that may stand where <paramref name="type"/> is asked for, by kind; empty for a record without variants.</summary>
    public static IReadOnlyDictionary<string, Type> VariantsOf(Type type) =>
        type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            .ToDictionary(variant => (string)variant.TypeDiscriminator!, variant => variant.DerivedType);

    /// <summary>The kind of a value whose declared type has variants, or null.</summary>
    public static string? KindOf(object? value, Type declared) =>
        VariantsOf(declared).FirstOrDefault(variant => variant.Value == value?.GetType()).Key;

    /// <summary>What a list type holds, or null for a type that is not a list.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static IEnumerable<PropertyInfo> PropertiesOf(Type record) =>
        record.GetProperties().Where(property => property.CanWrite && !property.IsDefined(typeof(JsonIgnoreAttribute)));
}
