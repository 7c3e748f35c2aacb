using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Sweeps;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>From what sets a trial apart to the spec that it trains by.</summary>
public static class AssignedSpec
{
    /// <summary>
    /// The spec of one trial: architecture first, then each setting, and no sweep. The spec of the run stays as it is and
    /// shares with the copy what no setting touches.
    /// </summary>
    /// <exception cref="ArgumentException">A path names no number of the spec, or a whole one for which the value is not.</exception>
    /// <exception cref="OverflowException">A value is beyond the type of its field.</exception>
    public static RunSpec Apply(this Assignment assignment, RunSpec spec)
    {
        var student = assignment.Architecture is { } position
            ? spec.Student with { Model = spec.Sweep!.Architectures[position] }
            : spec.Student;
        return assignment.Settings.Aggregate(
            spec with { Sweep = null, Student = student },
            (trial, setting) => SpecNumbers.With(trial, setting.Path, setting.Value));
    }
}
