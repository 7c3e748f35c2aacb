using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Messages.Specs;

/// <summary>
/// What a person writes to describe a run. Defaults and bounds stand on each option itself; the reader of specs
/// reports every violation with its place in the file.
/// </summary>
public sealed record RunSpec
{
    [Description("a short name of letters, digits and dashes; files and the run id carry it")]
    public required string Name { get; init; }

    [Description("every random choice of the run derives from it")]
    [Range(0L, long.MaxValue)]
    public long Seed { get; init; } = 1;

    [Description("the samples to learn from")]
    public required DataSpec Data { get; init; }

    [Description("the order in which trainings meet the samples")]
    public ScheduleSpec Schedule { get; init; } = new();

    [Description("the networks that teach")]
    public IReadOnlyList<TeacherSpec> Teachers { get; init; } = [];

    [Description("the network that learns")]
    public required StudentSpec Student { get; init; }

    [Description("who learns from whom")]
    public RecipeSpec Recipe { get; init; } = new EnsembleRecipeSpec();

    [Description("how the student learns from the teachers")]
    public DistillationSpec Distillation { get; init; } = new();

    [Description("many trials of the student instead of one")]
    public SweepSpec? Sweep { get; init; }
}
