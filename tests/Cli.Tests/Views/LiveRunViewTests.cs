using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Spectre.Console.Testing;
using Stillhouse.Cli.Views;

namespace Stillhouse.Cli.Tests.Views;

public class LiveRunViewTests
{
    [Fact]
    public async Task Show_FromManyThreads_LeavesTheLastScreenAndEveryNote()
    {
        using var console = new TestConsole().Width(140).Interactive();
        await console.Live(LiveScreen.Empty).StartAsync(async context =>
        {
            var view = new LiveRunView(console, context, new FakeTimeProvider());
            await Parallel.ForAsync(0, 20, (number, _) =>
            {
                view.Note($"note {number};");
                view.Show(ARun.With(ARun.Running(number)));
                return ValueTask.CompletedTask;
            });
            view.Show(ARun.With(ARun.Finished()));
        });

        foreach (var number in Enumerable.Range(0, 20))
        {
            console.Output.ShouldContain($"note {number};");
        }

        console.Output[console.Output.LastIndexOf("big", StringComparison.Ordinal)..].ShouldNotBeEmpty();
        console.Lines.ShouldContain(line => line.Contains("finished", StringComparison.Ordinal));
    }
}
