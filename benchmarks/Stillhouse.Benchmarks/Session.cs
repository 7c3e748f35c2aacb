using Spectre.Console;

namespace Stillhouse.Benchmarks;

/// <summary>What a benchmark needs to know about this invocation.</summary>
/// <param name="Console">Where tables go.</param>
/// <param name="Quick">Whether to show only that everything works, in seconds; such figures are worth nothing.</param>
/// <param name="Time">The clock that measures.</param>
/// <param name="Options">The benchmark's own options, all of them.</param>
/// <param name="Cancellation">Ctrl+C.</param>
internal sealed record Session(
    IAnsiConsole Console, bool Quick, TimeProvider Time, IReadOnlyDictionary<string, int> Options, CancellationToken Cancellation)
{
    /// <summary>How often every side of a comparison is measured.</summary>
    /// <param name="thorough">Unless the session is quick.</param>
    public int Rounds(int thorough) => Quick ? 1 : thorough;

    public void Say(string line) => Console.Profile.Out.Writer.WriteLine(line);
}
