using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Plans;

namespace Stillhouse.Orchestration.Runs;

/// <summary>Draws up the report of a run whose trials have all finished.</summary>
public static class ReportBuilder
{
    public static RunReport Build(RunState state)
    {
        var measured = (EvaluatedOutcome)state[StageName.Evaluate].Outcome!;
        var companions = state.Plan.Live.Where(stage => stage.Name != StageName.Student).Zip(
            measured.Companions, (stage, student) => Named(state, stage.Name, student, measured.Ensemble)).ToArray();
        var learnFromEachOther = state.Spec.Recipe is IPeerRecipe;
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
                state.Dataset.TestPerClass,
                state.Dataset.Unlabelled),
            [
                .. state.Plan[StageName.Evaluate].Teachers.Zip(measured.Teachers, (name, teacher) => Teacher(state, name, teacher)),
                .. learnFromEachOther ? [] : companions.Select(teacher => Teacher(state, teacher.Name, teacher)),
            ],
            measured.Ensemble,
            baseline,
            new DistilledReport(student, GapClosed(measured)),
            new ThroughputReport(pace.SamplesPerSecond, pace.WaitShare, Pace(state, StageName.Baseline).SamplesPerSecond),
            state.Trained(best).Lessons ?? throw new InvalidOperationException("The student asked no teachers."),
            [.. state.Replicas.Quarantined.Select(replica => new QuarantineReport(replica.Teacher, replica.Node, replica.Reason!))],
            Reproducible: state.Spec.Distillation.Quorum is null,
            state.Sweep is { } sweep ? SweepReports.Build(state, sweep) : null,
            [.. state.Plan.Predecessors.Zip(measured.Predecessors, (stage, student) => Named(state, stage.Name, student, measured.Ensemble))],
            measured.Generations,
            learnFromEachOther ? companions : null,
            Stopped(state),
            measured.Predictions);
    }

    private static StoppedReport[]? Stopped(RunState state)
    {
        StoppedReport[] stopped =
        [
            .. from stage in state.Plan.Live
               let early = state.Trained(stage.Name).Stopped
               where early is not null
               select new StoppedReport(stage.Name, early.Step, early.Reason),
        ];
        return stopped.Length > 0 ? stopped : null;
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

    private static NamedStudentReport Named(RunState state, string stage, MeasuredStudent student, Measurement ensemble) =>
        new(Student(state, stage, student.Measured, student.Fidelity, ensemble), stage, state.Trained(stage).Lessons);

    private static TrainingPace Pace(RunState state, string stage) =>
        state.Trained(stage).Training ?? throw new InvalidOperationException($"The trial {stage} trained nothing.");

    private static double? GapClosed(EvaluatedOutcome measured)
    {
        var gap = measured.Ensemble.Accuracy - measured.Baseline.Accuracy;
        return gap > 0 ? (measured.Student.Accuracy - measured.Baseline.Accuracy) / gap : null;
    }
}
