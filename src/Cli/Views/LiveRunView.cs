using Spectre.Console;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Cli.Views;

/// <summary>Redraws one screen in place, for a person at a terminal.</summary>
public sealed class LiveRunView(IAnsiConsole console, LiveDisplayContext display, TimeProvider clock) : IRunView
{
    private readonly Lock _gate = new();
    private readonly TimeLeft _timeLeft = new(clock);

    public void Show(RunSnapshot snapshot)
    {
        lock (_gate)
        {
            display.UpdateTarget(LiveScreen.Of(snapshot, _timeLeft, console.Profile.Width));
        }
    }

    public void Note(string line)
    {
        lock (_gate)
        {
            // The line takes the place of what was drawn there, to its end.
            console.WriteLine(line.PadRight(console.Profile.Width - 1));
        }
    }
}
