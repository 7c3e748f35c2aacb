using System.Collections.Frozen;
using System.Reflection;
using Stillhouse.Messages;

namespace Stillhouse.Transport.Serialization;

/// <summary>The table between message types and the names under which they travel.</summary>
public sealed class WireNames
{
    private readonly FrozenDictionary<Type, string> _names;
    private readonly FrozenDictionary<string, Type> _types;

    /// <summary>Reads the <see cref="WireNameAttribute"/> of every message among <paramref name="types"/>.</summary>
    /// <exception cref="InvalidOperationException">A message has no wire name, or two have the same; all are listed.</exception>
    public WireNames(IEnumerable<Type> types)
    {
        var messages = types
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IProtocolMessage)))
            .ToLookup(type => type.GetCustomAttribute<WireNameAttribute>(inherit: false)?.Name);

        var faults = messages[null].Select(type => $"{type} has no [WireName].")
            .Concat(messages.Where(named => named.Key is not null && named.Count() > 1)
                .Select(named => $"'{named.Key}' names {string.Join(" and ", named)}."))
            .ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(
                $"Every message needs a wire name of its own: {string.Join(' ', faults)}");
        }

        _types = messages.ToFrozenDictionary(named => named.Key!, named => named.Single());
        _names = _types.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }

    /// <summary>Every message of the protocol.</summary>
    public static WireNames Protocol { get; } = new(typeof(IProtocolMessage).Assembly.GetTypes());

    /// <summary>The message types, in no particular order.</summary>
    public IReadOnlyCollection<Type> Types => _names.Keys;

    /// <summary>The name under which <paramref name="type"/> travels, or null if it is not a message.</summary>
    public string? NameOf(Type type) => _names.GetValueOrDefault(type);

    /// <summary>The message that travels as <paramref name="name"/>, or null if this version knows none.</summary>
    public Type? TypeOf(string name) => _types.GetValueOrDefault(name);
}
