namespace Stillhouse.Messages;

/// <summary>
/// Marks what may cross the wire on the control plane. Every command, event and reply inherits it, so that a
/// message cannot forget to be serializable; a concrete message also carries a <see cref="WireNameAttribute"/>.
/// </summary>
public interface IProtocolMessage;

/// <summary>
/// The stable name and version under which a message travels, for example <c>run.submit/1</c>. CLR type names never do,
/// so a type can be renamed or moved while old and new nodes talk to each other.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WireNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
