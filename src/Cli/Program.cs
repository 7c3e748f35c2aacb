using Stillhouse.Cli;
using Stillhouse.Cli.Commands;
using Stillhouse.Cli.Running;

var terminal = Terminal.OfProcess();
var still = StillCommand.Create((folders, interruption) => new RunSession(folders, interruption), terminal);
return await StillCommand.InvokeAsync(still, args, terminal);
