using System.CommandLine;
using Stillhouse.Cli.Admission;
using Stillhouse.Cli.Views;
using Stillhouse.Orchestration.Comparisons;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still compare A B</c>: the students of two sides, over several seeds.</summary>
internal static class CompareCommand
{
    private const string NameOfA = "A";
    private const string NameOfB = "B";

    public static Command Create(Terminal terminal)
    {
        var a = Side(NameOfA, "folders with a report.json each, one per seed: 'out/kd-*', or out/kd-1,out/kd-2");
        var b = Side(NameOfB, "the folders to compare them with");
        var json = new Option<bool>("--json") { Description = "print the figures as JSON" };
        var command = new Command("compare", "Compare the students of runs: means over seeds, differences with intervals, churn") { a, b, json };
        command.SetAction(arguments => Run(terminal, arguments.GetRequiredValue(a), arguments.GetRequiredValue(b), arguments.GetValue(json)));
        return command;
    }

    private static Argument<string> Side(string name, string description)
    {
        var side = new Argument<string>(name) { Description = description };
        side.Validators.Add(UsageErrors.RefuseOptions);
        return side;
    }

    private static int Run(Terminal terminal, string foldersOfA, string foldersOfB, bool asJson)
    {
        var problems = new List<SpecProblem>();
        var (a, b) = (new ComparedSide(NameOfA, problems), new ComparedSide(NameOfB, problems));
        var (runsOfA, runsOfB) = (a.Read(foldersOfA), b.Read(foldersOfB));
        if (runsOfA.Concat(runsOfB).FirstOrDefault() is { } reference)
        {
            a.RequireDataOf(reference, runsOfA);
            b.RequireDataOf(reference, runsOfB);
        }

        if (problems.Count > 0)
        {
            return ProblemList.Write(terminal.Error, problems);
        }

        var comparison = Comparison.Of(runsOfA, runsOfB);
        if (asJson)
        {
            SayJson(terminal, comparison);
        }
        else
        {
            ComparisonTable.Write(terminal.Output, comparison);
        }

        return ExitCode.Success;
    }

    private static void SayJson(Terminal terminal, Comparison comparison) => terminal.SayJson(new
    {
        a = Describe(comparison.A),
        b = Describe(comparison.B),
        dataset = comparison.A[0].Report.Dataset,
        confidence = Difference.Confidence,
        comparison.Method,
        figures = comparison.Figures.Select(compared => new
        {
            figure = compared.Figure.Name,
            compared.A,
            compared.B,
            difference = compared.Difference?.Mean,
            compared.Difference?.Lower,
            compared.Difference?.Upper,
            compared.Difference?.Degrees,
        }),
        comparison.Churn,
    });

    private static object[] Describe(IReadOnlyList<ComparedRun> side) =>
    [
        .. side.Select(run => new
        {
            run.Folder,
            run.Report.Run,
            run.Report.Name,
            run.Report.Seed,
            student = run.Report.Student.Digest,
            hasPredictions = run.Predictions is not null,
        }),
    ];
}
