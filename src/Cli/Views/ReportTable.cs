using System.Globalization;
using Spectre.Console;
using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Views;

/// <summary>The verdict of a run: one row per network, then the figures that have no row.</summary>
internal static class ReportTable
{
    /// <summary>Narrower terminals get narrower gaps: the table fits 80 characters.</summary>
    private const int RoomyWidth = 100;

    public static void Write(IAnsiConsole console, RunReport report, IEnumerable<string> files)
    {
        console.WriteLine();
        console.Write(Table(report, console.Profile.Width >= RoomyWidth ? 1 : 0));
        foreach (var line in Lines(report).Concat(files.Select(file => $"wrote {file}")))
        {
            console.Profile.Out.Writer.WriteLine(line);
        }

        console.Profile.Out.Writer.Flush();
    }

    /// <param name="padding">Characters on either side of a cell.</param>
    private static Table Table(RunReport report, int padding)
    {
        var table = new Table().Border(TableBorder.Simple);
        string[] columns =
        [
            "network", "accuracy", "errors", "parameters", "smaller", $"ms/{report.Student.LatencyBatchSize}", "ECE", "agreement", "KL",
        ];
        foreach (var column in columns)
        {
            var isName = column == "network";
            table.AddColumn(new TableColumn(column)
            {
                Alignment = isName ? Justify.Left : Justify.Right,
                NoWrap = !isName,
                Padding = new Padding(padding, 0, padding, 0),
            });
        }

        foreach (var teacher in report.Teachers)
        {
            table.AddRow(Row(teacher.Name, teacher));
        }

        table.AddRow(Row("ensemble", report.Ensemble));
        table.AddRow(Row("baseline", report.Baseline));
        foreach (var other in (report.Predecessors ?? []).Concat(report.Peers ?? []))
        {
            table.AddRow(Row(other.Name, other));
        }

        table.AddRow(Row("student", report.Student));
        if (report.Generations is { } generations)
        {
            table.AddRow(Row("generations", generations));
        }

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
        yield return Gap(report);
        yield return $"student: {Words.Count(report.Throughput.StudentSamplesPerSecond)} samples/s, "
            + $"{Words.Percent(report.Throughput.WaitShare)} of the time waiting for teachers";
        yield return $"baseline: {Words.Count(report.Throughput.BaselineSamplesPerSecond)} samples/s";
        foreach (var line in LessonLines.Of(report))
        {
            yield return line;
        }

        foreach (var stopped in report.Stopped ?? [])
        {
            yield return $"{stopped.Network} stopped before step {Words.Count(stopped.Step)}: {stopped.Reason}";
        }

        if (report.Sweep is { } sweep)
        {
            foreach (var line in SweepLines.Of(sweep))
            {
                yield return line;
            }
        }

        yield return $"student digest: {report.Student.Digest}";
    }

    /// <summary>A share below 0 or above 1 is explained: it says that the student left the gap on one side or the other.</summary>
    private static string Gap(RunReport report)
    {
        if (report.Student.GapClosed is not { } closed)
        {
            return "gap from baseline to ensemble: none, the ensemble is not better than the baseline";
        }

        var remark = closed < 0 ? $" ({Words.Count(report.Student.Errors - report.Baseline.Errors)} more errors than the baseline)"
            : closed > 1 ? $" ({Words.Count(report.Ensemble.Errors - report.Student.Errors)} fewer errors than the ensemble)"
            : "";
        return $"gap from baseline to ensemble closed: {Words.Percent(closed)}{remark}";
    }

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
