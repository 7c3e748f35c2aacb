using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Tests.Plans;

/// <summary>Plans as specs yield them.</summary>
internal static class APlan
{
    private static readonly MlpSpec Model = new() { Widths = [4, 2] };

    /// <summary>A teacher for each name; one with a number behind <c>*</c> has that count.</summary>
    public static Plan Of(params string[] teachers) => Of(new EnsembleRecipeSpec(), teachers);

    public static Plan Of(RecipeSpec recipe, params string[] teachers) => PlanCompiler.Compile(new RunSpec
    {
        Name = "small",
        Data = new GlyphDataSpec(),
        Teachers =
        [
            .. from teacher in teachers
               let parts = teacher.Split('*')
               select new TeacherSpec { Name = parts[0], Count = parts.Length > 1 ? int.Parse(parts[1]) : 1, Model = Model },
        ],
        Recipe = recipe,
        Student = new StudentSpec { Model = Model },
    });

    /// <summary>Two assistants between a teacher and the student.</summary>
    public static Plan Progressive { get; } = Of(
        new ProgressiveRecipeSpec { Assistants = [new AssistantSpec { Name = "middle", Model = Model }, new AssistantSpec { Name = "small", Model = Model }] },
        "big");

    /// <summary>The last of them is the student.</summary>
    public static Plan BornAgain(int generations) => Of(new BornAgainRecipeSpec { Generations = generations }, "big");
}
