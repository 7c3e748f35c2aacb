using Stillhouse.Transport.Replicas;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class HedgingTests
{
    private static readonly ReplicaOptions Options = new();
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Delay_WithoutAnyKnowledge_IsTheOneForTheUntried() =>
        Hedging.Delay(null, null, Options).ShouldBe(Options.HedgeUntried);

    [Fact]
    public void Delay_IsAMultipleOfWhatIsUsualOrToBeExpectedWhicheverIsLonger()
    {
        Hedging.Delay(Second, null, Options).ShouldBe(3 * Second);
        Hedging.Delay(null, Second, Options).ShouldBe(3 * Second);
        Hedging.Delay(Second, 2 * Second, Options).ShouldBe(6 * Second);
        Hedging.Delay(2 * Second, Second, Options).ShouldBe(6 * Second);
    }

    [Fact]
    public void Delay_OfFastReplicas_IsTheFloor() =>
        Hedging.Delay(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), Options).ShouldBe(Options.HedgeFloor);

    [Fact]
    public void Delay_BeyondTheDeadline_CannotOverflow() =>
        Hedging.Delay(null, TimeSpan.MaxValue / 2, Options).ShouldBe(Options.LessonDeadline);

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(6, 3_200)]
    [InlineData(7, 5_000)]
    [InlineData(int.MaxValue, 5_000)]
    public void Reconnection_DoublesUpToTheLongestRetry(int failures, int milliseconds) =>
        Reconnection.Delay(failures, Options).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
}
