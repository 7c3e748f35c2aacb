using Microsoft.Extensions.Time.Testing;
using Stillhouse.Cli.Views;
using Stillhouse.Messages.Runs;

namespace Stillhouse.Cli.Tests.Views;

public sealed class PlainRunViewTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StringWriter _output = new();
    private readonly PlainRunView _view;

    public PlainRunViewTests() => _view = new PlainRunView(_output, _clock);

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Show_OverARun_WritesStatesAndEpochsOnce()
    {
        _view.Show(ARun.With(ARun.Running(0), ARun.Waiting("for big")));
        Later(10, 50);
        Later(10, 100);
        Later(10, 150);
        Later(10, 200);
        _clock.Advance(TimeSpan.FromSeconds(20));
        _view.Show(ARun.With(ARun.Finished(), ARun.Waiting("for a student node to join")));
        _view.Note("a note");

        _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "0:00 node worker joined (teacher, student)",
            "0:00 big: trains on worker",
            "0:00 student: waits for big",
            "0:20 big: epoch 1/3, loss 0.5000, validation 90.00 %, 12,345 samples/s, 0:40 left",
            "0:40 big: epoch 2/3, loss 0.5000, validation 90.00 %, 12,345 samples/s, 0:20 left",
            "1:00 big: epoch 3/3, loss 0.5000, validation 90.00 %, 12,345 samples/s",
            "1:00 big: finished",
            "1:00 student: waits for a student node to join",
            "1:00 a note",
        ]);
    }

    [Fact]
    public void Show_ASweep_SaysWhatEachTrialTries_AndHowTheWholeStands()
    {
        var trial = new TrialSnapshot("student-1", StageKind.Distill, TrialStatus.Running, null, "worker", null, "temperature=4");
        var sweep = new SweepSnapshot(Proposed: 3, Open: 1, Finished: 1, Pruned: 1, Failed: 0, "student-2 (temperature=8)", 0.97);
        _view.Show(ARun.With(trial) with { Sweep = sweep });
        _view.Show(ARun.With(trial) with { Sweep = sweep });

        _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "0:00 node worker joined (teacher, student)",
            "0:00 student-1: distils on worker (temperature=4)",
            "0:00 sweep: 3 trials, 1 open, 1 finished, 1 stopped early; best student-2 (temperature=8): 97.00 %",
        ]);
    }

    [Fact]
    public void Show_ATrialThatWaitsForTeachers_SaysHowMuch()
    {
        _view.Show(ARun.With(ARun.Running(100, waitShare: 0.25)));

        _output.ToString().ShouldContain("12,345 samples/s, waiting 25.00 %");
    }

    [Fact]
    public void Show_ATrialThatWaitsForFewerThanBefore_SaysNothingNew()
    {
        _view.Show(ARun.With(ARun.Waiting("for big, small")));
        _view.Show(ARun.With(ARun.Waiting("for small")));

        _output.ToString().ShouldContain("student: waits for big, small");
        _output.ToString().ShouldNotContain("student: waits for small");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Show_ATrialWhoseNodeIsNotKnownYet_NamesNone(string? node)
    {
        _view.Show(ARun.With(ARun.Waiting("") with { Status = TrialStatus.Dispatched, Waiting = null, Node = node }));

        _output.ToString().ShouldEndWith($"student: prepares{Environment.NewLine}");
    }

    [Fact]
    public void Show_ANodeThatIsGone_SaysSo()
    {
        var run = ARun.With();
        _view.Show(run);
        _view.Show(run with { Nodes = [] });

        _output.ToString().ShouldContain("node worker left");
    }

    private void Later(int seconds, long step)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        _view.Show(ARun.With(ARun.Running(step), ARun.Waiting("for big")));
    }
}
