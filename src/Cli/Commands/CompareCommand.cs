using System.CommandLine;
using Stillhouse.Cli.Admission;
using Stillhouse.Cli.Clients;
using Stillhouse.Cli.Views;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;
using Stillhouse.Orchestration.Comparisons;
using Stillhouse.Orchestration.Specs;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still compare A B</c>: the students of two sides, over several seeds.</summary>
internal static class CompareCommand
{
    private const string NameOfA = "A";
    private const string NameOfB = "B";

    public static Command Create(Terminal terminal)
    {
        var a = Side(NameOfA, "folders with a report.json each, or runs of a cluster, one per seed: 'out/kd-*', or kd-1,kd-2");
        var b = Side(NameOfB, "those to compare them with");
        var json = new Option<bool>("--json") { Description = "print the figures as JSON" };
        var command = new Command("compare", "Compare the students of runs: means over seeds, differences with intervals, churn") { a, b, json };
        var cluster = new ClusterCommand(terminal);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) =>
        {
            var (namesOfA, namesOfB) = (arguments.GetRequiredValue(a), arguments.GetRequiredValue(b));
            int Compare(ClusterReports reports) => Run(terminal, namesOfA, namesOfB, reports, arguments.GetValue(json));
            RunId[] runs = [.. ComparedSide.RunsAmong(namesOfA).Concat(ComparedSide.RunsAmong(namesOfB)).Distinct()];
            return runs.Length == 0 ? Task.FromResult(Compare(ClusterReports.None)) : cluster.ConnectAsync(
                arguments, _ => runs, (connection, _) => FetchAsync(terminal, connection, runs, Compare, cancellation), cancellation);
        });
        return command;
    }

    private static async Task<int> FetchAsync(
        Terminal terminal, ClusterConnection connection, IReadOnlyList<RunId> runs, Func<ClusterReports, int> compare, CancellationToken cancellation)
    {
        await terminal.Error.WriteLineAsync($"no folder here, asking the cluster: {string.Join(", ", runs)}");
        var (reports, code) = (new Dictionary<RunId, RunReport>(), ExitCode.Success);
        foreach (var run in runs)
        {
            switch (await connection.EndOfAsync(run, cancellation))
            {
                case RunCompleted completed:
                    reports[run] = completed.Report;
                    break;
                case RunUnknown unknown:
                    code = RunArgument.NotFound(terminal, unknown);
                    break;
                default:
                    await terminal.Error.WriteLineAsync($"run {run} has not completed; there is nothing to compare");
                    code = ExitCode.RunFailed;
                    break;
            }
        }

        return code == ExitCode.Success ? compare(new ClusterReports(reports, await connection.ArtifactsAsync(cancellation))) : code;
    }

    private static Argument<string> Side(string name, string description)
    {
        var side = new Argument<string>(name) { Description = description };
        side.Validators.Add(UsageErrors.RefuseOptions);
        return side;
    }

    private static int Run(Terminal terminal, string namesOfA, string namesOfB, ClusterReports reports, bool asJson)
    {
        var problems = new List<SpecProblem>();
        var (a, b) = (new ComparedSide(NameOfA, reports, problems), new ComparedSide(NameOfB, reports, problems));
        var (runsOfA, runsOfB) = (a.Read(namesOfA), b.Read(namesOfB));
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
            run.Source,
            run.Report.Run,
            run.Report.Name,
            run.Report.Seed,
            student = run.Report.Student.Digest,
            hasPredictions = run.Predictions is not null,
        }),
    ];
}
