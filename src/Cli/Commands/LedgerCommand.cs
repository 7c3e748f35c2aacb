using System.CommandLine;
using Stillhouse.Cli.Nodes;
using Stillhouse.Coordinator.Ledger;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still ledger create|schema</c>: makes the tables that coordinators record runs in, or shows how.</summary>
internal static class LedgerCommand
{
    private static readonly Dictionary<string, LedgerKind> Kinds = new() { ["postgresql"] = LedgerKind.PostgreSql, ["sqlite"] = LedgerKind.Sqlite };

    public static Command Create(Terminal terminal) =>
        new("ledger", "Make the ledger of a cluster") { CreateCreate(terminal), CreateSchema(terminal) };

    private static Command CreateCreate(Terminal terminal)
    {
        var ledger = new LedgerArgument();
        var command = new Command("create", "Make an empty ledger; one that is there already is left as it is");
        ledger.AddTo(command);
        command.SetAction(arguments =>
        {
            var problems = new List<SpecProblem>();
            var address = ledger.Required(arguments, problems);
            return address is not null && ledger.Create(address, problems) is { } made
                ? Say(terminal, made ? $"made the ledger {address}, of version {LedgerSchema.Version}" : $"the ledger {address} is there already; nothing was changed")
                : ProblemList.Write(terminal.Error, problems);
        });
        return command;
    }

    private static Command CreateSchema(Terminal terminal)
    {
        var kind = new Argument<string>("KIND")
        {
            Description = $"the database's: {string.Join(" or ", Kinds.Keys)}", DefaultValueFactory = _ => Kinds.Keys.First(),
        };
        kind.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var command = new Command("schema", "Print the SQL that makes an empty ledger, for whoever may make tables") { kind };
        command.SetAction(arguments => Say(terminal, LedgerSchema.Script(Kinds[arguments.GetRequiredValue(kind)]).TrimEnd()));
        return command;
    }

    private static int Say(Terminal terminal, string text)
    {
        terminal.Say(text);
        return ExitCode.Success;
    }
}
