using System.Globalization;
using Spectre.Console;
using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Views;

/// <summary>The verdict of a run: one row per network, then the figures that have no row.</summary>
internal static class ReportTable
{
    public static void Write(IAnsiConsole console, RunReport report, IEnumerable<string> files)
    {
        console.WriteLine();
        console.Write(Table(report));
        foreach (var line in Lines(report).Concat(files.Select(file => $"wrote {file}")))
        {
            console.Profile.Out.Writer.WriteLine(line);
        }

        console.Profile.Out.Writer.Flush();
    }

    private static Table Table(RunReport report)
    {
        var table = new Table().Border(TableBorder.Simple);
        string[] columns =
        [
            "network", "accuracy", "errors", "parameters", "smaller", $"ms/{report.Student.LatencyBatchSize}", "ECE", "agreement", "KL",
        ];
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column) { Alignment = column == "network" ? Justify.Left : Justify.Right, NoWrap = true });
        }

        foreach (var teacher in report.Teachers)
        {
            table.AddRow(Row(teacher.Name, teacher));
        }

        table.AddRow(Row("ensemble", report.Ensemble));
        table.AddRow(Row("baseline", report.Baseline));
        table.AddRow(Row("student", report.Student));
        return table;
    }

    private static string[] Row(string name, Measurement network)
    {
        var student = network as StudentReport;
        return
        [
            Markup.Escape(name),
            Words.Percent(network.Accuracy),
            Words.Count(network.Errors),
            Words.Count(network.Parameters),
            student is null ? "" : $"{Number(student.SizeReduction, "F1")}x",
            Number(network.LatencyMilliseconds, "F2"),
            Number(network.ExpectedCalibrationError, "F4"),
            student is null ? "" : Words.Percent(student.Agreement),
            student is null ? "" : Number(student.MeanKl, "F4"),
        ];
    }

    private static IEnumerable<string> Lines(RunReport report)
    {
        yield return report.Student.GapClosed is { } closed
            ? $"gap between baseline and ensemble closed: {Words.Percent(closed)}"
            : "gap between baseline and ensemble closed: not defined, for the ensemble is not better than the baseline";
        yield return $"student: {Words.Count(report.Throughput.StudentSamplesPerSecond)} samples/s with teachers, "
            + $"{Words.Percent(report.Throughput.WaitShare)} of the time waiting for them; "
            + $"{Words.Count(report.Throughput.BaselineSamplesPerSecond)} samples/s without";
        yield return $"student digest: {report.Student.Digest}";
    }

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
