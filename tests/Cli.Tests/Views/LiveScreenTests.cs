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
            new[] { "big", Bar(done: 12), "2/3", "0.5000", "90.00", "%", "12,345", "0:30", "trains", "on", "worker" }));
        lines.ShouldContain(line => Words(line).SequenceEqual(new[] { "student", Bar(done: 0), "waits", "for", "big" }));
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

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(200)]
    public void Of_ARunAtAnyWidth_KeepsEveryTrialAndNodeInOneLine(int width)
    {
        var everything = Enumerable.Range(1, 20).Select(number => $"teacher-{number}").ToArray();
        var run = ARun.With(ARun.Running(150, waitShare: 0.5) with { Name = new string('n', 64) }, ARun.Waiting($"for {string.Join(", ", everything)}"));
        run = run with { Nodes = [run.Nodes[0] with { Activity = $"serving {string.Join(", serving ", everything)}" }] };

        var lines = Render(run, new TimeLeft(new FakeTimeProvider()), width);

        lines.Count(line => line.Trim().Length > 0).ShouldBe(2 + 2 + 2 + 1);
        lines.ShouldAllBe(line => line.Length <= width);
        lines.ShouldContain(line => line.Contains("12,345", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("waits for t", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_ManyEpochs_ShowsThemWhole() =>
        Render(ARun.With(ARun.Running(150) with { Progress = ARun.Running(150).Progress! with { Epoch = 10_001, Epochs = 10_002 } }), new TimeLeft(new FakeTimeProvider()))
            .ShouldContain(line => line.Contains(" 10001/10002 ", StringComparison.Ordinal));

    private static IReadOnlyList<string> Render(Messages.Runs.RunSnapshot run, TimeLeft timeLeft, int width = 140)
    {
        using var console = new TestConsole().Width(width);
        console.Write(LiveScreen.Of(run, timeLeft, width));
        return console.Lines;
    }

    private static string Bar(int done) => new string('━', done) + new string('─', 24 - done);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
