using System.CommandLine;
using System.Globalization;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Nodes;

/// <summary>The option that says how many CPU threads a node offers.</summary>
internal sealed class ThreadsArgument
{
    private const int Maximum = 1_024;

    private readonly Option<string> _threads = new("--threads")
    {
        Description = $"CPU threads that a node offers to trials and teachers (default: {Environment.ProcessorCount}, as this machine has processors)",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
    };

    public void AddTo(Command command) => command.Add(_threads);

    /// <summary>0, with a problem added, where it is no such number.</summary>
    public int Read(ParseResult arguments, ICollection<SpecProblem> problems)
    {
        var text = arguments.GetRequiredValue(_threads);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads is >= 1 and <= Maximum)
        {
            return threads;
        }

        problems.Add(new SpecProblem(
            Place.Option(_threads.Name), $"'{text}'", $"a whole number from 1 to {Maximum}", "write as many as the node's trials and teachers may use"));
        return 0;
    }

    public IEnumerable<string> Write(int threads) => [_threads.Name, threads.ToString(CultureInfo.InvariantCulture)];
}
