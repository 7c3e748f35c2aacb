using System.Globalization;
using Spectre.Console;
using Stillhouse.Orchestration.Comparisons;

namespace Stillhouse.Cli.Views;

/// <summary>A comparison of two sides: one row per figure, then where the intervals come from, and churn.</summary>
internal static class ComparisonTable
{
    public static void Write(IAnsiConsole console, Comparison comparison)
    {
        var lines = console.Profile.Out.Writer;
        lines.WriteLine(Side("A", comparison.A));
        lines.WriteLine(Side("B", comparison.B));
        var dataset = comparison.A[0].Report.Dataset;
        lines.WriteLine($"data: {dataset.Kind}, {Words.Count(dataset.Test)} test samples");
        lines.Flush();
        console.Write(Table(comparison));
        foreach (var line in Method(comparison).Concat(Lacking(comparison)).Concat(ChurnLines(comparison)))
        {
            lines.WriteLine(line);
        }

        lines.Flush();
    }

    private static string Side(string name, IReadOnlyList<ComparedRun> runs) =>
        $"{name}: {Runs(runs.Count)}, {string.Join(", ", runs.Select(run => $"{run.Source} (seed {run.Report.Seed})"))}";

    private static Table Table(Comparison comparison)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("student");
        foreach (var column in new[] { "A", "B", "B - A", $"{Difference.Confidence * 100:F0} % interval", "df" })
        {
            table.AddColumn(new TableColumn(column) { Alignment = Justify.Right, NoWrap = true });
        }

        foreach (var (figure, a, b, difference) in comparison.Figures)
        {
            table.AddRow(
                figure.Title,
                Value(a, figure.Unit),
                Value(b, figure.Unit),
                Change(difference?.Mean, figure.Unit),
                difference is { Lower: { } lower, Upper: { } upper } ? $"{Change(lower, figure.Unit)} to {Change(upper, figure.Unit)}" : "",
                difference?.Degrees is { } degrees ? degrees.ToString("0.#", CultureInfo.InvariantCulture) : "");
        }

        return table;
    }

    private static IEnumerable<string> Method(Comparison comparison)
    {
        switch (comparison.Method)
        {
            case IntervalMethod.Paired:
                yield return "interval: Student's t, paired by seed";
                break;
            case IntervalMethod.Welch:
                yield return "interval: Student's t by Welch; with the same seeds on both sides it would be paired";
                break;
            case IntervalMethod.None:
                string[] single = [.. Sides(comparison).Where(side => side.Runs.Count == 1).Select(side => side.Name)];
                yield return $"no interval: {string.Join(" and ", single)} {(single.Length > 1 ? "have" : "has")} one seed; "
                    + "run the spec with more of them (--seed) to tell a difference from chance";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(comparison), comparison.Method, null);
        }
    }

    private static IEnumerable<string> Lacking(Comparison comparison) =>
        from compared in comparison.Figures
        from side in Sides(comparison)
        let without = side.Runs.Where(run => compared.Figure.Of(run.Report.Student) is null).Select(run => run.Source).ToArray()
        where without.Length > 0
        select $"no {compared.Figure.Title} of {side.Name}: the report has none in {string.Join(", ", without)}";

    private static IEnumerable<string> ChurnLines(Comparison comparison)
    {
        var churn = comparison.Churn;
        string[] known =
        [
            .. churn.WithinA is { } withinA ? [$"{Words.Percent(withinA)} within A"] : Array.Empty<string>(),
            .. churn.WithinB is { } withinB ? [$"{Words.Percent(withinB)} within B"] : Array.Empty<string>(),
            .. churn.Between is { } between ? [$"{Words.Percent(between)} between A and B"] : Array.Empty<string>(),
        ];
        if (known.Length > 0)
        {
            yield return $"churn: {string.Join(", ", known)}";
        }

        foreach (var (name, runs) in Sides(comparison))
        {
            string[] without = [.. runs.Where(run => run.Predictions is null).Select(run => run.Source)];
            if (without.Length > 0)
            {
                yield return $"no churn of {name}: no predictions here, which older versions did not write and clusters keep among their artifacts: {string.Join(", ", without)}";
            }
        }
    }

    private static (string Name, IReadOnlyList<ComparedRun> Runs)[] Sides(Comparison comparison) => [("A", comparison.A), ("B", comparison.B)];

    private static string Runs(int count) => count == 1 ? "1 run" : $"{Words.Count(count)} runs";

    private static string Value(double? value, FigureUnit unit) => value is not { } number ? "" : unit switch
    {
        FigureUnit.Share => Words.Percent(number),
        FigureUnit.Samples => number.ToString("N1", CultureInfo.InvariantCulture),
        FigureUnit.Number => number.ToString("F4", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, null),
    };

    /// <summary>With its sign; of shares in percentage points.</summary>
    private static string Change(double? change, FigureUnit unit) => change is not { } number ? "" : unit switch
    {
        FigureUnit.Share => (100 * number).ToString("+0.00 pp;-0.00 pp;0.00 pp", CultureInfo.InvariantCulture),
        FigureUnit.Samples => number.ToString("+#,0.0;-#,0.0;0.0", CultureInfo.InvariantCulture),
        FigureUnit.Number => number.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, null),
    };
}
