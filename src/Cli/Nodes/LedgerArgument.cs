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
        return Address(text, problems) is { } address && !Refuse(LedgerInspection.Inspect(address), problems) ? text : null;
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

    /// <summary>The address that was written, for a command that has no default; null, with a problem added, where there is none.</summary>
    public LedgerAddress? Required(ParseResult arguments, ICollection<SpecProblem> problems)
    {
        if (Text(arguments) is { } text)
        {
            return Address(text, problems);
        }

        problems.Add(new SpecProblem(Place.Option(_ledger.Name), "nothing", Allowed, $"give {_ledger.Name}, or set {Variable}"));
        return null;
    }

    /// <summary>Whether an empty ledger was made, because there was none; null, with a problem added, where none can be made.</summary>
    public bool? Create(LedgerAddress address, ICollection<SpecProblem> problems) =>
        Refuse(LedgerInspection.Create(address, out var made), problems) ? null : made;

    private bool Refuse(LedgerRefusal? refusal, ICollection<SpecProblem> problems)
    {
        if (refusal is not null)
        {
            problems.Add(new SpecProblem(Place.Option(_ledger.Name), refusal.Found, refusal.Allowed, refusal.Remedy));
        }

        return refusal is not null;
    }
}
