using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Commands;

/// <summary>Tells a person all that is wrong, one line each.</summary>
internal static class ProblemList
{
    /// <returns>The exit code.</returns>
    public static int Write(TextWriter error, IReadOnlyCollection<SpecProblem> problems)
    {
        foreach (var problem in problems.OrderBy(problem => problem.Place, Place.ReadingOrder))
        {
            error.WriteLine(problem);
        }

        error.WriteLine($"{problems.Count} {(problems.Count == 1 ? "problem" : "problems")}; nothing was started.");
        return ExitCode.BadInput;
    }
}
