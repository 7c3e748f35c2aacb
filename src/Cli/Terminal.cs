using System.Text.Json;
using Spectre.Console;
using Stillhouse.Cli.Results;
using Stillhouse.Cli.Views;

namespace Stillhouse.Cli;

/// <summary>Where commands write, and their clock.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error: problems and causes of failure.</param>
public sealed record Terminal(IAnsiConsole Output, TextWriter Error, TimeProvider Clock)
{
    /// <summary>Files and pipes have no width of their own; a report fits this one.</summary>
    private const int FileWidth = 120;

    /// <summary>This process's own.</summary>
    public static Terminal OfProcess()
    {
        var output = AnsiConsole.Create(new AnsiConsoleSettings());
        if (!output.Profile.Out.IsTerminal)
        {
            output.Profile.Width = FileWidth;
        }

        return new Terminal(output, Console.Error, TimeProvider.System);
    }

    private bool IsWatched => Output.Profile is { Out.IsTerminal: true, Capabilities: { Ansi: true, Interactive: true } };

    /// <summary>Writes a line as it is: without markup, and however long.</summary>
    public void Say(string line)
    {
        Output.Profile.Out.Writer.WriteLine(line);
        Output.Profile.Out.Writer.Flush();
    }

    /// <summary>Writes an answer as JSON, for programs.</summary>
    public void SayJson<T>(T answer) => Say(JsonSerializer.Serialize(answer, ReportJson.Options));

    /// <summary>Undoes what a live view that was cut off has done to the terminal.</summary>
    public void Restore()
    {
        if (IsWatched)
        {
            Output.Cursor.Show();
            Output.Profile.Out.Writer.WriteLine();
            Output.Profile.Out.Writer.Flush();
        }
    }

    /// <summary>Runs work under a live view where a person watches, and under plain lines elsewhere.</summary>
    public Task<T> WatchAsync<T>(Func<IRunView, Task<T>> work) =>
        IsWatched
            ? Output.Live(LiveScreen.Empty).StartAsync(context => work(new LiveRunView(Output, context, Clock)))
            : work(new PlainRunView(Output.Profile.Out.Writer, Clock));
}
