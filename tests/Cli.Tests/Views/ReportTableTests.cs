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
        console.Output.ShouldContain("gap between baseline and ensemble closed: 40.00 %");
        console.Output.ShouldContain("student: 12,345 samples/s with teachers, 25.00 % of the time waiting for them; 45,678 samples/s without");
        console.Output.ShouldContain("student digest: sha256:");
        console.Output.ShouldContain("wrote out/report.json");
    }

    [Fact]
    public void Write_AnEnsembleNoBetterThanTheBaseline_SaysThatThereIsNoGap()
    {
        var report = AReport.Of("big");
        using var console = new TestConsole().Width(120);

        ReportTable.Write(console, report with { Student = report.Student with { GapClosed = null } }, []);

        console.Output.ShouldContain("closed: not defined, for the ensemble is not better than the baseline");
    }
}
