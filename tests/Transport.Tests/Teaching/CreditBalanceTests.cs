using CsCheck;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Transport.Tests.Teaching;

public sealed class CreditBalanceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spend_WithoutAnyLeft_WaitsForMore()
    {
        var credit = new CreditBalance(5);
        (await credit.SpendAsync(9, Cancellation)).ShouldBe(5);

        var spending = credit.SpendAsync(9, Cancellation);
        spending.IsCompleted.ShouldBeFalse();
        credit.HasAny.ShouldBeFalse();
        credit.Give(2);

        (await spending).ShouldBe(2);
    }

    [Fact]
    public async Task Spend_WhenCancelled_SpendsNothing()
    {
        var credit = new CreditBalance(1);
        await credit.SpendAsync(1, Cancellation);
        using var giveUp = new CancellationTokenSource();
        var spending = credit.SpendAsync(1, giveUp.Token).AsTask();

        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => spending);
        credit.Give(1);

        (await credit.SpendAsync(1, Cancellation)).ShouldBe(1);
    }

    [Fact]
    public void Bytes_SentAndNotCredited_NeverExceedTheGrant() =>
        Gen.Int[1, 100].Select(Gen.Int[1, 150].Array[0, 50]).Sample((granted, wishes) =>
        {
            var credit = new CreditBalance(granted);
            var outstanding = 0;
            foreach (var wish in wishes)
            {
                if (!credit.HasAny)
                {
                    credit.Give(outstanding);
                    outstanding = 0;
                }

                var spending = credit.SpendAsync(wish, CancellationToken.None);
                outstanding += spending.IsCompleted ? spending.Result : granted + 1;
                outstanding.ShouldBeLessThanOrEqualTo(granted);
            }
        });
}
