using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Plans;

/// <summary>Turns a valid spec into a plan: every teacher and the baseline side by side, then the student, then the test.</summary>
public static class PlanCompiler
{
    public static Plan Compile(RunSpec spec)
    {
        var teachers = TeacherRoster.Expand(spec).Select(teacher => teacher.Name).ToArray();
        return new Plan(
        [
            .. teachers.Select(name => new Stage(name, StageKind.Train, [])),
            new Stage(StageName.Baseline, StageKind.Baseline, []),
            new Stage(StageName.Student, StageKind.Distill, teachers, IsSweep: spec.Sweep is not null),
            new Stage(StageName.Evaluate, StageKind.Evaluate, [.. teachers, StageName.Baseline, StageName.Student]),
        ]);
    }
}
