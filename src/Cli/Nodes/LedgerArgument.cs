using System.CommandLine;
using Stillhouse.Coordinator.Ledger;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Nodes;

/// <summary>The option that says where a coordinator keeps its ledger.</summary>
internal sealed class LedgerArgument
{
    /// <summary>Where a connection string stands that must not be seen in a list of processes.</summary>
    public const string Variable = "STILLHOUSE_LEDGER";

    private const string Allowed = "the path of a file, or a PostgreSQL connection string with Host=";

    private readonly Option<string?> _ledger = new("--ledger")
    {
        Description = $"where runs are recorded: a file, or a PostgreSQL connection string (default: ${Variable}, "
            + $"else {LedgerAddress.DefaultFile} beside the artifacts)",
        HelpName = "FILE|\"Host=...\"",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Variable),
    };

    public void AddTo(Command command) => command.Add(_ledger);

    /// <summary>What was written, or null for the default; nothing has been looked at.</summary>
    public string? Text(ParseResult arguments) => arguments.GetValue(_ledger);

    /// <summary>The address of a ledger that can be used, or null with a problem added.</summary>
    public string? Read(ParseResult arguments, string artifacts, ICollection<SpecProblem> problems)
    {
        var text = Text(arguments) ?? Path.Combine(artifacts, LedgerAddress.DefaultFile);
        return Address(text, problems) is { } address && Inspect(address, problems) ? text : null;
    }

    /// <summary>Null, with a problem added, where the text names no ledger.</summary>
    public LedgerAddress? Address(string text, ICollection<SpecProblem> problems)
    {
        try
        {
            return LedgerAddress.Parse(text);
        }
        catch (FormatException e)
        {
            problems.Add(new SpecProblem(Place.Option(_ledger.Name), e.Message, Allowed, "write for example ledger.db"));
            return null;
        }
    }

    private bool Inspect(LedgerAddress address, ICollection<SpecProblem> problems)
    {
        if (LedgerInspection.Inspect(address) is not { } refusal)
        {
            return true;
        }

        problems.Add(new SpecProblem(Place.Option(_ledger.Name), refusal.Found, refusal.Allowed, refusal.Remedy));
        return false;
    }
}
