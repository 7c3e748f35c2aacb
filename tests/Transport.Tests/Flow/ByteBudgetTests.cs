using CsCheck;
using Stillhouse.Transport.Flow;

namespace Stillhouse.Transport.Tests.Flow;

public sealed class ByteBudgetTests
{
    [Fact]
    public async Task Reserve_WithoutRoom_WaitsUntilThereIs()
    {
        var budget = new ByteBudget(10);
        var first = await Reserve(budget, 6);
        var second = Reserve(budget, 5);
        second.IsCompleted.ShouldBeFalse();

        first.Dispose();

        (await second).Dispose();
        (budget.InFlight, budget.Peak).ShouldBe((0, 6));
    }

    [Fact]
    public async Task Reserve_BehindALargeRequest_DoesNotOvertakeIt()
    {
        var budget = new ByteBudget(10);
        var first = await Reserve(budget, 6);
        var large = Reserve(budget, 10);
        var small = Reserve(budget, 1);
        small.IsCompleted.ShouldBeFalse();

        first.Dispose();

        (await large).Dispose();
        (await small).Dispose();
    }

    [Fact]
    public async Task Reserve_OfMoreThanTheWholeBudget_IsAdmittedAlone()
    {
        var budget = new ByteBudget(10);
        var small = await Reserve(budget, 1);
        var oversized = Reserve(budget, 100);
        oversized.IsCompleted.ShouldBeFalse();

        small.Dispose();

        var held = await oversized;
        Reserve(budget, 1).IsCompleted.ShouldBeFalse();
        held.Dispose();
        budget.Peak.ShouldBe(100);
    }

    [Fact]
    public async Task Reserve_WhenCancelled_LetsThoseBehindGoOn()
    {
        var budget = new ByteBudget(10);
        using var giveUp = new CancellationTokenSource();
        using var first = await Reserve(budget, 6);
        var large = ReserveUntil(budget, 10, giveUp.Token);
        var small = Reserve(budget, 1);

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => large);
        (await small).Dispose();
        budget.InFlight.ShouldBe(6);
    }

    [Fact]
    public async Task Overdraw_DoesNotWaitAndIsCounted()
    {
        var budget = new ByteBudget(10);
        using var first = await Reserve(budget, 10);

        using (budget.Overdraw(5))
        {
            (budget.InFlight, budget.Peak).ShouldBe((15, 15));
        }

        budget.InFlight.ShouldBe(10);
    }

    [Fact]
    public void Dispose_Twice_GivesBackOnce()
    {
        var budget = new ByteBudget(10);
        using var other = budget.Overdraw(3);
        var reservation = budget.Overdraw(5);

        reservation.Dispose();
        reservation.Dispose();

        budget.InFlight.ShouldBe(3);
    }

    [Fact]
    public Task Reserve_AsTheyCome_AdmitsInOrderAsManyAsThereIsRoomFor() => Gen.Int[1, 15].Array[1, 40].SampleAsync(async sizes =>
    {
        var budget = new ByteBudget(10);
        var requests = sizes.Select(size => Reserve(budget, size)).ToArray();
        for (var next = 0; next < requests.Length; next++)
        {
            var admitted = 1;
            while (next + admitted < sizes.Length && sizes.Skip(next).Take(admitted + 1).Sum() <= 10)
            {
                admitted++;
            }

            budget.InFlight.ShouldBe(sizes.Skip(next).Take(admitted).Sum());
            (await requests[next]).Dispose();
        }

        budget.InFlight.ShouldBe(0);
    });

    private static Task<ByteReservation> Reserve(ByteBudget budget, long bytes) =>
        ReserveUntil(budget, bytes, TestContext.Current.CancellationToken);

    private static Task<ByteReservation> ReserveUntil(ByteBudget budget, long bytes, CancellationToken cancellation) =>
        budget.ReserveAsync(bytes, cancellation).AsTask();
}
