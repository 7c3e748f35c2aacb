namespace Stillhouse.Transport.Targets;

/// <summary>The end of the wire that a store is at, and how it names the origins of its answers.</summary>
public sealed class StoreSide
{
    private StoreSide(string name, TargetOrigin joined, TargetOrigin memory, TargetOrigin file) =>
        (Name, Joined, Memory, File) = (name, joined, memory, file);

    /// <summary>On the teacher node, in front of the network.</summary>
    public static StoreSide Teacher { get; } =
        new("teacher", TargetOrigin.TeacherJoined, TargetOrigin.TeacherMemory, TargetOrigin.TeacherFile);

    /// <summary>On the student node, in front of its lines to teachers.</summary>
    public static StoreSide Student { get; } =
        new("student", TargetOrigin.StudentJoined, TargetOrigin.StudentMemory, TargetOrigin.StudentFile);

    /// <summary>As metrics call it.</summary>
    public string Name { get; }

    internal TargetOrigin Joined { get; }

    internal TargetOrigin Memory { get; }

    internal TargetOrigin File { get; }
}
