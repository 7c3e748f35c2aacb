using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>Every teacher of a run under a name of its own.</summary>
public static class TeacherRoster
{
    /// <summary>The teachers in the order of the spec, those with a count one by one.</summary>
    public static IReadOnlyList<(string Name, TeacherSpec Spec)> Expand(RunSpec spec) =>
    [
        .. from teacher in spec.Teachers
           from name in Names(teacher.Name, teacher.Count)
           select (name, teacher),
    ];

    /// <summary>The teacher of a name.</summary>
    /// <exception cref="InvalidOperationException">The spec has no such teacher.</exception>
    public static TeacherSpec Find(RunSpec spec, string name) => Expand(spec).Single(teacher => teacher.Name == name).Spec;

    /// <summary>The name as written for one teacher, <c>name-1</c> to <c>name-N</c> for several.</summary>
    public static IEnumerable<string> Names(string name, int count) =>
        count == 1 ? [name] : Enumerable.Range(1, count).Select(number => $"{name}-{number}");
}
