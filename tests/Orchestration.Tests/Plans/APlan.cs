using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Tests.Plans;

/// <summary>Plans as specs yield them, and others that the compiler does not make yet.</summary>
internal static class APlan
{
    private static readonly MlpSpec Model = new() { Widths = [4, 2] };

    /// <summary>A teacher for each name; one with a number behind <c>*</c> has that count.</summary>
    public static Plan Of(params string[] teachers) => PlanCompiler.Compile(new RunSpec
    {
        Name = "small",
        Data = new GlyphDataSpec(),
        Teachers =
        [
            .. from teacher in teachers
               let parts = teacher.Split('*')
               select new TeacherSpec { Name = parts[0], Count = parts.Length > 1 ? int.Parse(parts[1]) : 1, Model = Model },
        ],
        Student = new StudentSpec { Model = Model },
    });

    /// <summary>Each student learns from the one before, and from no other.</summary>
    public static Plan Chain(int length) => new(
        [.. Enumerable.Range(1, length).Select(number =>
            new Stage($"generation-{number}", StageKind.Distill, number == 1 ? [] : [$"generation-{number - 1}"]))]);
}
