using Spectre.Console.Testing;
using Stillhouse.Cli.Views;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Sweeps;

namespace Stillhouse.Cli.Tests.Views;

public class ReportTableTests
{
    [Fact]
    public void Write_AReport_HasARowPerNetworkAndEveryOtherFigure()
    {
        using var console = new TestConsole().Width(120);

        ReportTable.Write(console, AReport.Of("big-1", "big-2"), ["out/report.json"]);

        var rows = console.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        rows.ShouldContain(row => row.SequenceEqual(
            new[] { "network", "accuracy", "errors", "parameters", "smaller", "ms/128", "ECE", "agreement", "KL" }));
        rows.ShouldContain(row => row.SequenceEqual(new[] { "big-2", "96.00", "%", "40", "150,000", "1.50", "0.0123" }));
        rows.ShouldContain(row => row.SequenceEqual(new[] { "ensemble", "98.00", "%", "20", "300,000", "1.50", "0.0123" }));
        rows.ShouldContain(row => row.SequenceEqual(
            new[] { "baseline", "93.00", "%", "70", "100,000", "3.0x", "1.50", "0.0123", "97.00", "%", "0.0321" }));
        rows.ShouldContain(row => row.SequenceEqual(
            new[] { "student", "95.00", "%", "50", "100,000", "3.0x", "1.50", "0.0123", "97.00", "%", "0.0321" }));
        console.Output.ShouldContain("gap from baseline to ensemble closed: 40.00 %");
        console.Output.ShouldContain("student: 12,345 samples/s, 25.00 % of the time waiting for teachers");
        console.Output.ShouldContain("baseline: 45,678 samples/s");
        console.Output.ShouldContain("student digest: sha256:");
        console.Output.ShouldContain("wrote out/report.json");
    }

    [Fact]
    public void Write_AReport_SaysWhatItsLessonsCost()
    {
        using var console = new TestConsole().Width(120);

        ReportTable.Write(console, AReport.Of("big"), []);

        console.Lines.ShouldContain("teachers computed 1,200 samples and were spared 10,800 (90.00 %)");
        console.Lines.ShouldContain("soft targets: 48 KiB received, at most 20 KiB in flight");
        console.Output.ShouldNotContain("asked elsewhere");
        console.Output.ShouldNotContain("quarantined");
        console.Output.ShouldNotContain("quorum");
    }

    [Fact]
    public void Write_AReportOfASweep_SaysWhatWasTried_WhatItSaved_AndTheFront()
    {
        using var console = new TestConsole().Width(120);

        ReportTable.Write(console, AReport.Of("big") with { Sweep = ASweep() }, []);

        console.Lines.ShouldContain("teachers computed 3,000 samples and were spared 9,000 (75.00 %), all trials that finished together");
        console.Lines.ShouldContain("sweep: 3 trials, 10 of 27 epochs (37.04 %), 1 stopped early, 1 failed");
        console.Lines.ShouldContain("best: student-2 (temperature=4): validation 97.00 %, 1,000 parameters");
        console.Output.ShouldNotContain("front");
    }

    [Fact]
    public void Write_AReportOfASweepForSeveralObjectives_HasItsFront()
    {
        using var console = new TestConsole().Width(120);
        var sweep = ASweep() with { Objectives = ["accuracy", "parameters"] };

        ReportTable.Write(console, AReport.Of("big") with { Sweep = sweep }, []);

        console.Lines.ShouldContain("front (accuracy, parameters): student-2 (temperature=4): validation 97.00 %, 1,000 parameters");
    }

    [Fact]
    public void Write_AReportOfTrouble_NamesWhoWasSlowOrWrong()
    {
        var report = AReport.Of("big");
        report = report with
        {
            Lessons = report.Lessons with
            {
                Replicas = [new ReplicaReport("big", "teacher-2", 5, 2.5, 3.5, 4.5, Hedged: 3, Failures: 2)],
                Quorum = new QuorumReport(1_000, 12, [new MissedBatches(5, 16, ["big"])]),
            },
            Quarantined = [new QuarantineReport("big", "teacher-3", "it answers its probe otherwise")],
        };
        using var console = new TestConsole().Width(120);

        ReportTable.Write(console, report, []);

        console.Lines.ShouldContain("big on teacher-2: 2 lessons asked elsewhere because it failed, 3 because it was slow");
        console.Lines.ShouldContain("quarantined big on teacher-3: it answers its probe otherwise");
        console.Lines.ShouldContain(
            "quorum: 12 of 1,000 batches went on without some teacher; the same spec need not give the same student again");
    }

    [Fact]
    public void Write_AnEnsembleNoBetterThanTheBaseline_SaysThatThereIsNoGap()
    {
        var report = AReport.Of("big");
        using var console = new TestConsole().Width(120);

        ReportTable.Write(console, report with { Student = report.Student with { GapClosed = null } }, []);

        console.Output.ShouldContain("gap from baseline to ensemble: none, the ensemble is not better than the baseline");
    }

    [Theory]
    [InlineData(-0.5, 80, "closed: -50.00 % (10 more errors than the baseline)")]
    [InlineData(1.5, 10, "closed: 150.00 % (10 fewer errors than the ensemble)")]
    [InlineData(0.0, 70, "closed: 0.00 %")]
    public void Write_AStudentOutsideTheGap_SaysOnWhichSide(double closed, int errors, string words)
    {
        var report = AReport.Of("big");
        using var console = new TestConsole().Width(120);

        ReportTable.Write(console, report with { Student = report.Student with { GapClosed = closed, Errors = errors } }, []);

        console.Lines.ShouldContain($"gap from baseline to ensemble {words}");
    }

    [Fact]
    public void Write_At80Characters_CutsAndWrapsNothing()
    {
        using var console = new TestConsole().Width(80);

        ReportTable.Write(console, AReport.Of("teacher-1", "teacher-2"), []);

        var rows = console.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        rows.ShouldContain(row => row.SequenceEqual(
            new[] { "network", "accuracy", "errors", "parameters", "smaller", "ms/128", "ECE", "agreement", "KL" }));
        rows.ShouldContain(row => row.SequenceEqual(
            new[] { "student", "95.00", "%", "50", "100,000", "3.0x", "1.50", "0.0123", "97.00", "%", "0.0321" }));
    }

    [Fact]
    public void Write_AReportOfUnevenClasses_HasBalancedAccuracies_AndARecallForEachClass()
    {
        using var console = new TestConsole().Width(120);

        ReportTable.Write(console, Uneven(), []);

        var rows = console.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();
        rows.ShouldContain(row => row.StartsWith("network accuracy balanced errors", StringComparison.Ordinal));
        rows.ShouldContain(row => row.StartsWith("student 95.00 % 70.00 % 50 ", StringComparison.Ordinal));
        console.Lines.ShouldContain("recall of class   training    baseline     student");
        console.Lines.ShouldContain("              0        900     99.00 %     98.00 %");
        console.Lines.ShouldContain("              2          0     10.00 %           -");
    }

    [Fact]
    public void Write_AReportOfUnevenClassesAt80Characters_LeavesOutWhatFollowsFromOtherFigures()
    {
        using var console = new TestConsole().Width(80);

        ReportTable.Write(console, Uneven(), []);

        var rows = console.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        rows.ShouldContain(row => row.SequenceEqual(
            new[] { "network", "accuracy", "balanced", "errors", "parameters", "ms/128", "ECE", "agreement", "KL" }));
    }

    [Fact]
    public void Write_AReportOfEvenClasses_SaysNothingOfThemUnlessOneIsWeak()
    {
        var report = Uneven();
        report = report with { Dataset = report.Dataset with { TrainPerClass = [120, 110, 100], TestPerClass = [500, 500, 500] } };
        string Written(RunReport told)
        {
            using var console = new TestConsole().Width(120);
            ReportTable.Write(console, told, []);
            return console.Output;
        }

        Written(report with { Baseline = report.Baseline with { Recall = [0.9, 0.8, 0.7] } }).ShouldNotContain("recall");
        Written(report).ShouldContain("recall of class");
        Written(report).ShouldNotContain("balanced");
    }

    /// <summary>Of an older ensemble without figures of classes.</summary>
    private static RunReport Uneven()
    {
        var report = AReport.Of("big");
        return report with
        {
            Dataset = report.Dataset with { Classes = 3, TrainPerClass = [900, 100, 0], TestPerClass = [500, 500, 0] },
            Baseline = report.Baseline with { BalancedAccuracy = 0.6, Recall = [0.99, 0.8, 0.1] },
            Student = report.Student with { BalancedAccuracy = 0.7, Recall = [0.98, 0.9, null] },
        };
    }

    private static SweepReport ASweep()
    {
        SweptReport Trial(int number, double temperature, TrialStatus status, int epochs, double? accuracy, long? parameters) => new(
            $"student-{number}", new Assignment([new Setting("distillation.temperature", temperature)]), status, epochs, accuracy, parameters, null, null);
        return new SweepReport(
            "student-2",
            ["accuracy"],
            ["student-2"],
            EpochsTrained: 10,
            EpochsInFull: 27,
            ForwardsComputed: 3_000,
            ForwardsSaved: 9_000,
            [
                Trial(1, 2, TrialStatus.Pruned, 1, 0.5, null),
                Trial(2, 4, TrialStatus.Finished, 9, 0.97, 1_000),
                Trial(3, 8, TrialStatus.Failed, 0, null, null),
            ]);
    }
}
