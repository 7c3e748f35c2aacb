using CsCheck;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Tests.Peers;

public class PeerExchangeTests
{
    private const long Steps = 200;

    private static readonly PeerExchange Mutual = new(Every: 0, BurnIn: 0, Lag: 0, SaveEvery: 10, Deadline: 60);
    private static readonly PeerExchange Stale = new(Every: 5, BurnIn: 12, Lag: 0, SaveEvery: 10, Deadline: 60);

    private static readonly Gen<PeerExchange> Any =
        from every in Gen.Int[0, 20]
        from burnIn in Gen.Int[0, 60]
        from lag in Gen.Int[0, 10]
        from saveEvery in Gen.Int[1, 30]
        select new PeerExchange(every, every == 0 ? 0 : burnIn, every == 0 ? lag : 0, saveEvery, Deadline: 60);

    [Fact]
    public void Mutual_HearsEveryStepAsItIs()
    {
        Mutual.HeardAt(7).ShouldBe(new LiveView(7, 7));
        Mutual.AnsweredAt(7, Steps).ShouldBe([new LiveView(7, 7)]);
    }

    [Fact]
    public void Lagging_HearsWhatIsSoManyStepsOld()
    {
        var lagging = Mutual with { Lag = 3 };
        lagging.HeardAt(2).ShouldBeNull();
        lagging.HeardAt(3).ShouldBe(new LiveView(0, 0));
    }

    [Fact]
    public void Stale_HearsNothingBeforeTheBurnInIsOver_AndThenTheLastExchangeButOne()
    {
        Stale.HeardAt(11).ShouldBeNull();
        Stale.HeardAt(12).ShouldBe(new LiveView(12, 5));
        Stale.HeardAt(14).ShouldBe(new LiveView(14, 5));
        Stale.HeardAt(15).ShouldBe(new LiveView(15, 10));
        Stale.AnsweredAt(6, Steps).ShouldBeEmpty();
        Stale.AnsweredAt(5, Steps).ShouldBe([new LiveView(12, 5), new LiveView(13, 5), new LiveView(14, 5)]);
    }

    [Fact]
    public void WhateverIsHeard_HasBeenAnsweredOnce_NotLaterThanItsVersion() => Any.Sample(exchange =>
    {
        var answered = Enumerable.Range(0, (int)Steps).SelectMany(step => exchange.AnsweredAt(step, Steps), (step, view) => (step, view)).ToArray();
        for (var step = 0L; step < Steps; step++)
        {
            if (exchange.HeardAt(step) is { } heard)
            {
                answered.Count(answer => answer.view == heard && answer.step == heard.Version).ShouldBe(1);
                heard.Version.ShouldBeLessThanOrEqualTo(step);
                (step - heard.Version).ShouldBeLessThan(Math.Max(exchange.Lag + 1, 2 * exchange.Every));
            }
        }
    });

    /// <summary>The other had done the version's steps; its newest checkpoint is the last multiple before them, or the one before if that is damaged.</summary>
    [Fact]
    public void WhateverSomebodyMayResumeFrom_IsKept() => Any.Sample(exchange =>
    {
        for (var step = 0L; step < Steps; step++)
        {
            if (exchange.HeardAt(step) is { } heard)
            {
                var newest = heard.Version / exchange.SaveEvery * exchange.SaveEvery;
                exchange.KeptFrom(heard).ShouldBeLessThanOrEqualTo(Math.Max(0, newest - exchange.SaveEvery));
            }
        }
    });
}
