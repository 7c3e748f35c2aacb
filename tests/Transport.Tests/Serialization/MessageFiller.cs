using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Serialization;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Transport.Tests.Serialization;

/// <summary>
/// Builds any message of the protocol with every member set, deterministically. Where a member is polymorphic, nullable
/// or an enum, <paramref name="variant"/> chooses, so that enough variants cover every choice, with nulls (odd variants)
/// and without.
/// </summary>
internal sealed class MessageFiller(int variant)
{
    private int _counter;

    /// <summary>Every concrete type that was built.</summary>
    public HashSet<Type> Built { get; } = [];

    public object Fill(Type type)
    {
        _counter++;
        return Leaf(type) ?? List(type) ?? Record(Concrete(type));
    }

    /// <summary>The types that a polymorphic member may hold.</summary>
    public static IReadOnlyList<Type> Variants(Type type) =>
        [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(derived => derived.DerivedType)];

    private object? Leaf(Type type) => type switch
    {
        _ when type == typeof(string) => $"text {_counter} é \"quoted\"",
        _ when type == typeof(int) => _counter,
        _ when type == typeof(long) => long.MaxValue - _counter,
        _ when type == typeof(double) => (_counter % 7) switch { 0 => double.NaN, 1 => double.NegativeInfinity, var n => n / 10.0 },
        _ when type == typeof(bool) => _counter % 2 == 0,
        _ when type == typeof(Uri) => new Uri($"http://node-{_counter}:8080"),
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddTicks(_counter),
        _ when type == typeof(RunId) => new RunId($"run-{_counter}"),
        _ when type == typeof(TrialId) => new TrialId(new RunId($"run-{_counter}"), $"trial-{_counter}"),
        _ when type == typeof(Digest) => Digest.Of([(byte)_counter]),
        { IsEnum: true } => Enum.GetValuesAsUnderlyingType(type) is var values
            ? Enum.ToObject(type, values.GetValue((variant + _counter) % values.Length)!)
            : null,
        _ => null,
    };

    private Array? List(Type type)
    {
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IReadOnlyList<>))
        {
            return null;
        }

        var element = type.GetGenericArguments()[0];
        var list = Array.CreateInstance(element, 2);
        for (var i = 0; i < list.Length; i++)
        {
            list.SetValue(Fill(Nullable.GetUnderlyingType(element) ?? element), i);
        }

        return list;
    }

    private Type Concrete(Type type) =>
        Variants(type) is { Count: > 0 } variants ? variants[variant / 2 % variants.Count] : type;

    private object Record(Type type)
    {
        Built.Add(type);
        var constructor = Constructor(type);
        var nullability = new NullabilityInfoContext();
        var record = constructor.Invoke(
            [.. constructor.GetParameters().Select(p => FillOrNull(p.ParameterType, nullability.Create(p)))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            property.SetValue(record, FillOrNull(property.PropertyType, nullability.Create(property)));
        }

        return record;
    }

    private static ConstructorInfo Constructor(Type type)
    {
        var constructors = type.GetConstructors().ToImmutableArray();
        return constructors.FirstOrDefault(c => c.IsDefined(typeof(JsonConstructorAttribute)))
            ?? constructors.MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"The filler cannot build {type}.");
    }

    private object? FillOrNull(Type type, NullabilityInfo nullability) =>
        nullability.WriteState == NullabilityState.Nullable && variant % 2 == 1
            ? null
            : Fill(Nullable.GetUnderlyingType(type) ?? type);
}
