using Microsoft.Extensions.Time.Testing;
using Stillhouse.Cli.Views;

namespace Stillhouse.Cli.Tests.Views;

public class TimeLeftTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Estimate_IsTheTimeForTheRestAtTheSpeedSoFar() =>
        TimeLeft.Estimate(stepsDone: 50, stepsLeft: 150, TimeSpan.FromSeconds(10)).ShouldBe(TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(5, 0)]
    public void Estimate_BeforeTheFirstStepOrMoment_IsUnknown(long stepsDone, int seconds) =>
        TimeLeft.Estimate(stepsDone, 100, TimeSpan.FromSeconds(seconds)).ShouldBeNull();

    [Fact]
    public void Of_ATrialFirstSeenUnderWay_CountsFromThere()
    {
        var timeLeft = new TimeLeft(_clock);
        timeLeft.Of(ARun.Running(200)).ShouldBeNull();
        _clock.Advance(TimeSpan.FromSeconds(10));

        timeLeft.Of(ARun.Running(250)).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Of_ATrialThatBeganAgain_CountsFromItsNewBeginning()
    {
        var timeLeft = new TimeLeft(_clock);
        timeLeft.Of(ARun.Running(200));
        _clock.Advance(TimeSpan.FromSeconds(10));
        timeLeft.Of(ARun.Running(100)).ShouldBeNull();
        _clock.Advance(TimeSpan.FromSeconds(10));

        timeLeft.Of(ARun.Running(200)).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Of_ATrialThatDoesNotRun_IsUnknown()
    {
        var timeLeft = new TimeLeft(_clock);

        timeLeft.Of(ARun.Waiting("for big")).ShouldBeNull();
        timeLeft.Of(ARun.Finished()).ShouldBeNull();
    }
}
