using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Draws up the report of a run whose trials have all finished.</summary>
public static class ReportBuilder
{
    public static RunReport Build(RunState state)
    {
        var measured = (EvaluatedOutcome)state[StageName.Evaluate].Outcome!;
        var teacherNames = state.Plan[StageName.Student].After;
        var best = state.ResultOf(StageName.Student)!;
        var baseline = Student(state, StageName.Baseline, measured.Baseline, measured.BaselineFidelity, measured.Ensemble);
        var student = Student(state, best, measured.Student, measured.StudentFidelity, measured.Ensemble);
        var pace = Pace(state, best);
        return new RunReport(
            state.Run,
            state.Spec.Name,
            state.Spec.Seed,
            new DatasetReport(
                state.Dataset.Kind,
                state.Dataset.Reference.Digest,
                state.Dataset.Classes,
                state.Dataset.Train,
                state.Dataset.Validation,
                state.Dataset.Test,
                state.Dataset.TrainPerClass,
                state.Dataset.TestPerClass),
            [.. teacherNames.Zip(measured.Teachers, (name, teacher) => Teacher(state, name, teacher))],
            measured.Ensemble,
            baseline,
            new DistilledReport(student, GapClosed(measured)),
            new ThroughputReport(pace.SamplesPerSecond, pace.WaitShare, Pace(state, StageName.Baseline).SamplesPerSecond),
            state.Trained(best).Lessons ?? throw new InvalidOperationException("The student asked no teachers."),
            [.. state.Replicas.Quarantined.Select(replica => new QuarantineReport(replica.Teacher, replica.Node, replica.Reason!))],
            Reproducible: state.Spec.Distillation.Quorum is null,
            state.Sweep is { } sweep ? SweepReports.Build(state, sweep) : null);
    }

    private static TeacherReport Teacher(RunState state, string name, Measurement measured)
    {
        var trained = state.Trained(name);
        return new TeacherReport(measured, name, trained.Weights, trained.Training?.Seconds);
    }

    private static StudentReport Student(RunState state, string stage, Measurement measured, Fidelity fidelity, Measurement ensemble) =>
        new(
            measured,
            fidelity,
            state.Trained(stage).Weights,
            Pace(state, stage).Seconds,
            (double)ensemble.Parameters / measured.Parameters);

    private static TrainingPace Pace(RunState state, string stage) =>
        state.Trained(stage).Training ?? throw new InvalidOperationException($"The trial {stage} trained nothing.");

    private static double? GapClosed(EvaluatedOutcome measured)
    {
        var gap = measured.Ensemble.Accuracy - measured.Baseline.Accuracy;
        return gap > 0 ? (measured.Student.Accuracy - measured.Baseline.Accuracy) / gap : null;
    }
}
