using System.CommandLine;
using Stillhouse.Cli.Admission;
using Stillhouse.Cli.Nodes;

namespace Stillhouse.Cli.Commands;

/// <summary>The options of every command that runs a spec.</summary>
internal sealed class RunOptions
{
    private readonly SpecOptions _spec = new();

    private readonly Option<string?> _seed = SpecOptions.Seed();

    private readonly Option<string?> _out = new("--out")
    {
        Description = "the folder for the results (default: out/NAME, with the spec's name)",
        HelpName = "DIR",
    };

    private readonly Option<string?> _nodes = new("--nodes")
    {
        Description = "run on so many processes of each role on this machine, for example coordinators=1,teachers=3,students=1; "
            + "a role left out has one (default: everything in this process)",
        HelpName = "role=N,...",
    };

    private readonly TargetArguments _targets = new();

    private readonly Option<bool> _force = new("--force") { Description = "replace the results that are in the folder" };

    public void AddTo(Command command)
    {
        command.Add(_seed);
        _spec.AddTo(command);
        command.Add(_out);
        command.Add(_nodes);
        command.Add(_force);
        _targets.AddTo(command);
    }

    public RunRequest Read(SpecSource source, ParseResult arguments) =>
        new(
            _spec.Read(source, arguments, arguments.GetValue(_seed)),
            arguments.GetValue(_out),
            arguments.GetValue(_force),
            _targets.Read(arguments));

    public string? Nodes(ParseResult arguments) => arguments.GetValue(_nodes);
}
