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
        var columns = Columns(report, isRoomy: padding > 0);
        table.AddColumn(new TableColumn("network") { Padding = new Padding(padding, 0, padding, 0) });
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column.Title)
            {
                Alignment = Justify.Right,
                NoWrap = true,
                Padding = new Padding(padding, 0, padding, 0),
            });
        }

        IEnumerable<(string Name, Measurement Network)> rows =
        [
            .. report.Teachers.Select(teacher => (teacher.Name, (Measurement)teacher)),
            ("ensemble", report.Ensemble),
            ("baseline", report.Baseline),
            .. (report.Predecessors ?? []).Concat(report.Peers ?? []).Select(other => (other.Name, (Measurement)other)),
            ("student", report.Student),
            .. report.Generations is { } generations ? [("generations", generations)] : Array.Empty<(string, Measurement)>(),
        ];
        foreach (var (name, network) in rows)
        {
            table.AddRow([Markup.Escape(name), .. columns.Select(column => column.Cell(network))]);
        }

        return table;
    }

    /// <summary>
    /// Balanced accuracy is there where classes are uneven: elsewhere it is the accuracy, or close to it. Without room for both it takes
    /// the place of how much smaller students are, which follows from their parameters.
    /// </summary>
    private static List<Column> Columns(RunReport report, bool isRoomy)
    {
        var isUneven = RecallLines.AreClassesUneven(report);
        List<Column> columns = [new("accuracy", network => Words.Percent(network.Accuracy))];
        if (isUneven)
        {
            columns.Add(new("balanced", network => network.BalancedAccuracy is { } share ? Words.Percent(share) : ""));
        }

        columns.AddRange(
        [
            new("errors", network => Words.Count(network.Errors)),
            new("parameters", network => Words.Count(network.Parameters)),
        ]);
        if (isRoomy || !isUneven)
        {
            columns.Add(OfStudents("smaller", student => $"{Number(student.SizeReduction, "F1")}x"));
        }

        columns.AddRange(
        [
            new($"ms/{report.Student.LatencyBatchSize}", network => Number(network.LatencyMilliseconds, "F2")),
            new("ECE", network => Number(network.ExpectedCalibrationError, "F4")),
            OfStudents("agreement", student => Words.Percent(student.Agreement)),
            OfStudents("KL", student => Number(student.MeanKl, "F4")),
        ]);
        return columns;
    }

    /// <summary>A column that is empty for teachers and ensemble.</summary>
    private static Column OfStudents(string title, Func<StudentReport, string> cell) =>
        new(title, network => network is StudentReport student ? cell(student) : "");

    private static IEnumerable<string> Lines(RunReport report)
    {
        foreach (var line in RecallLines.Of(report).Prepend(Gap(report)))
        {
            yield return line;
        }

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

    private sealed record Column(string Title, Func<Measurement, string> Cell);
}
