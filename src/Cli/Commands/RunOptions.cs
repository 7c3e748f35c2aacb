using System.CommandLine;
using Stillhouse.Cli.Admission;

namespace Stillhouse.Cli.Commands;

/// <summary>The options of every command that runs a spec.</summary>
internal sealed class RunOptions
{
    private readonly SpecOptions _spec = new();

    private readonly Option<string?> _out = new("--out")
    {
        Description = "the folder for the results (default: out/NAME, with the spec's name)",
        HelpName = "DIR",
    };

    private readonly Option<string?> _nodes = new("--nodes")
    {
        Description = "spread the run over so many processes of each role, for example coordinators=1,teachers=3,students=1 "
            + "(default: everything in this process)",
        HelpName = "role=N,...",
    };

    private readonly Option<bool> _force = new("--force") { Description = "replace results that are in the folder already" };

    public void AddTo(Command command)
    {
        _spec.AddTo(command);
        command.Add(_out);
        command.Add(_nodes);
        command.Add(_force);
    }

    public RunRequest Read(SpecSource source, ParseResult arguments) =>
        new(_spec.Read(source, arguments), arguments.GetValue(_out), arguments.GetValue(_force));

    public string? Nodes(ParseResult arguments) => arguments.GetValue(_nodes);
}
