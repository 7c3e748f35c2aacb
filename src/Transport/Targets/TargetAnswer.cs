namespace Stillhouse.Transport.Targets;

/// <summary>An answer and where it came from. The receiver disposes the targets.</summary>
public readonly record struct TargetAnswer(EncodedTargets Targets, TargetOrigin Origin);

/// <summary>Where an answer came from, as it was for whoever asked.</summary>
public enum TargetOrigin
{
    /// <summary>A forward pass that this question caused.</summary>
    Computed = 1,

    /// <summary>A forward pass that was under way for somebody else.</summary>
    TeacherJoined = 2,

    /// <summary>The teacher node's store, in memory.</summary>
    TeacherMemory = 3,

    /// <summary>The teacher node's store, on disk.</summary>
    TeacherFile = 4,

    /// <summary>A question of the same student node that was under way.</summary>
    StudentJoined = 5,

    /// <summary>The student node's store, in memory.</summary>
    StudentMemory = 6,

    /// <summary>The student node's store, on disk.</summary>
    StudentFile = 7,
}
