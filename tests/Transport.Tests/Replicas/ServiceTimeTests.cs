using CsCheck;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class ServiceTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Expected_BeforeAnything_IsUnknown() => default(ServiceTime).Expected(1_000).ShouldBeNull();

    [Fact]
    public void Answered_WithAQueue_CountsTheTimeForAllThatWasOpen() =>
        default(ServiceTime).Answered(Second, openBytes: 4_000).Expected(1_000).ShouldBe(Second / 4);

    [Fact]
    public void Answered_StaysBetweenWhatWasKnownAndWhatWasMeasured() =>
        Gen.Select(Gen.Double[0.001, 1], Gen.Double[0.001, 1]).Sample((known, measured) =>
        {
            var after = new ServiceTime(known).Answered(TimeSpan.FromSeconds(measured), 1).SecondsPerByte!.Value;
            after.ShouldBeInRange(Math.Min(known, measured) - 1e-6, Math.Max(known, measured) + 1e-6);
            Math.Abs(after - known).ShouldBeLessThanOrEqualTo((Math.Abs(measured - known) / 8) + 1e-6);
        });

    [Fact]
    public void GivenUp_NeverMakesAReplicaLookFaster()
    {
        new ServiceTime(2).GivenUp(Second, 1).SecondsPerByte.ShouldBe(2);
        new ServiceTime(0.5).GivenUp(Second, 1).SecondsPerByte.ShouldBe(1);
        default(ServiceTime).GivenUp(Second, 1).SecondsPerByte.ShouldBe(1);
    }

    [Fact]
    public void AfterIdle_WhatIsKnownWearsOff()
    {
        new ServiceTime(1).AfterIdle(TimeSpan.FromSeconds(10)).SecondsPerByte.ShouldBe(0.5);
        new ServiceTime(1).AfterIdle(TimeSpan.Zero).SecondsPerByte.ShouldBe(1);
        default(ServiceTime).AfterIdle(Second).SecondsPerByte.ShouldBeNull();
    }

    [Fact]
    public void Expected_OfTooMuchForAClock_IsJustLong() =>
        new ServiceTime(double.MaxValue).Expected(long.MaxValue)!.Value.ShouldBeGreaterThan(TimeSpan.FromDays(1_000));
}
