using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>Gives every teacher of a run its own name.</summary>
public static class TeacherRoster
{
    /// <summary>One entry per teacher: the name as written where <c>count</c> is 1, else <c>name-1</c> to <c>name-N</c>.</summary>
    public static IReadOnlyList<(string Name, TeacherSpec Spec)> Expand(RunSpec spec) =>
        [.. spec.Teachers.SelectMany(teacher => Enumerable.Range(1, teacher.Count).Select(number =>
            (teacher.Count == 1 ? teacher.Name : $"{teacher.Name}-{number}", teacher)))];
}
