using Spectre.Console.Testing;
using Stillhouse.Cli.Views;

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
}
