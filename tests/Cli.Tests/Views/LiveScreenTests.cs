using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;
using Stillhouse.Cli.Views;

namespace Stillhouse.Cli.Tests.Views;

public class LiveScreenTests
{
    [Fact]
    public void Of_ARun_HasARowPerTrialAndOnePerNode()
    {
        var clock = new FakeTimeProvider();
        var timeLeft = new TimeLeft(clock);
        timeLeft.Of(ARun.Running(100));
        clock.Advance(TimeSpan.FromSeconds(10));

        var lines = Render(ARun.With(ARun.Running(150), ARun.Waiting("for big")), timeLeft);

        lines.ShouldContain(line => Words(line).SequenceEqual(
            new[] { "big", new string('━', 24), "2/3", "0.5000", "90.00", "%", "12,345", "0:30", "trains", "on", "worker" }));
        lines.ShouldContain(line => Words(line).SequenceEqual(new[] { "student", new string('━', 24), "waits", "for", "big" }));
        lines.ShouldContain(line => Words(line).SequenceEqual(new[] { "worker", "teacher,", "student", "training", "big" }));
    }

    [Fact]
    public void Of_ATrialThatWaitsForTeachers_SaysHowMuch() =>
        Render(ARun.With(ARun.Running(150, waitShare: 0.25)), new TimeLeft(new FakeTimeProvider()))
            .ShouldContain(line => line.Contains("trains on worker, waiting 25.00 %", StringComparison.Ordinal));

    [Fact]
    public void Of_NamesThatLookLikeMarkup_ShowsThemAsTheyAre() =>
        Render(ARun.With(ARun.Running(1) with { Name = "[red]" }), new TimeLeft(new FakeTimeProvider()))
            .ShouldContain(line => line.Contains("[red]", StringComparison.Ordinal));

    private static IReadOnlyList<string> Render(Messages.Runs.RunSnapshot run, TimeLeft timeLeft)
    {
        using var console = new TestConsole().Width(140);
        console.Write(LiveScreen.Of(run, timeLeft));
        return console.Lines;
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
