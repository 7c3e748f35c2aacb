using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Stillhouse.Orchestration.Specs;

/// <summary>One key of a spec record, as its property declares it.</summary>
internal sealed class SpecField
{
    private readonly PropertyInfo _property;
    private readonly RangeAttribute? _range;

    public SpecField(PropertyInfo property, object owner)
    {
        _property = property;
        _range = property.GetCustomAttribute<RangeAttribute>();
        Key = SpecSchema.KeyOf(property);
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsNullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        Default = IsRequired ? null : property.GetValue(owner);
        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? Key;
        Bounds = _range is null ? null : new NumberBounds(_range);
        AllowedTexts = property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.OfType<string>().ToArray() ?? [];
        MinimumLength = property.GetCustomAttribute<MinLengthAttribute>()?.Length ?? 0;
        MaximumLength = property.GetCustomAttribute<MaxLengthAttribute>()?.Length ?? int.MaxValue;
    }

    public string Key { get; }

    /// <summary>Of the value; for <c>int?</c> it is <c>int</c>.</summary>
    public Type Type { get; }

    public bool IsNullable { get; }

    public bool IsRequired { get; }

    /// <summary>What the property's initialiser sets.</summary>
    public object? Default { get; }

    public string Description { get; }

    /// <summary>Of a number, or of every number of a list.</summary>
    public NumberBounds? Bounds { get; }

    /// <summary>The only texts that may stand here; empty for any.</summary>
    public IReadOnlyList<string> AllowedTexts { get; }

    /// <summary>Of a list.</summary>
    public int MinimumLength { get; }

    /// <summary>Of a list.</summary>
    public int MaximumLength { get; }

    /// <summary>Whether whole numbers stand here, alone or in a list.</summary>
    public bool IsWhole => (SpecSchema.ElementOf(Type) ?? Type) is var number && (number == typeof(int) || number == typeof(long));

    public object? Get(object owner) => _property.GetValue(owner);

    public void Set(object owner, object? value) => _property.SetValue(owner, value);
}
