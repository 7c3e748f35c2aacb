using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Tests.Targets;

public class MemoryTests
{
    private readonly FakeTeacher _teacher = new();

    [Fact]
    public async Task Get_MoreThanFits_EvictsTheLongestUnused()
    {
        await using var store = Store(blocks: 2);
        await store.Use(1);
        await store.Use(2);
        (await store.Use(1)).ShouldBe(TargetOrigin.StudentMemory);
        await store.Use(3);
        _teacher.Given.Select(memory => memory.Freed).ShouldBe([0, 1, 0]);
        (await store.Use(1)).ShouldBe(TargetOrigin.StudentMemory);
        (await store.Use(3)).ShouldBe(TargetOrigin.StudentMemory);
        (await store.Use(2)).ShouldBe(TargetOrigin.Computed);

        store.Measured("hits memory").ShouldBe(3);
        store.Measured("misses").ShouldBe(4);
        store.Measured("evictions memory").ShouldBe(2);
        store.Measured("held memory").ShouldBe(2 * FakeTeacher.BlockBytes);
    }

    [Fact]
    public async Task Get_WhileSomebodyHoldsWhatIsEvicted_ItsBytesStay()
    {
        await using var store = Store(blocks: 1);
        using (var lease = (await store.Ask(1)).Targets)
        {
            await store.Use(2);
            _teacher.Given[0].Freed.ShouldBe(0);
            lease.Bytes.SequenceEqual(FakeTeacher.BytesOf(FakeTeacher.Key(1))).ShouldBeTrue();
        }

        _teacher.Given[0].Freed.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FakeTeacher.BlockBytes - 1)]
    public async Task Get_WithNoRoomForABlock_KeepsNoneAndHandsItOut(long bytes)
    {
        await using var store = new StoreUnderTest(_teacher, new TargetStoreOptions { MemoryBytes = bytes });
        (await store.Use(1)).ShouldBe(TargetOrigin.Computed);
        (await store.Use(1)).ShouldBe(TargetOrigin.Computed);
        _teacher.Given.ShouldAllBe(memory => memory.Freed == 1);
        store.Measured("held memory").ShouldBe(0);
    }

    [Fact]
    public async Task Dispose_WithHandlesGivenOut_FreesAllButTheirs()
    {
        var store = Store(blocks: 2);
        var lease = (await store.Ask(1)).Targets;
        await store.Use(2);
        await store.DisposeAsync();
        await store.DisposeAsync();
        _teacher.Given.Select(memory => memory.Freed).ShouldBe([0, 1]);
        lease.Bytes.Length.ShouldBe(FakeTeacher.BlockBytes);
        lease.Dispose();
        lease.Dispose();
        _teacher.Given.Select(memory => memory.Freed).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task Dispose_WhileSomebodyWaits_FailsThemCancelsTheFetchAndTakesNoMore()
    {
        var store = Store(blocks: 2);
        var fetch = new TaskCompletionSource<TargetAnswer>();
        var cancelled = false;
        var key = FakeTeacher.Key(1);
        var waiting = store.Store.GetAsync(
            key,
            token =>
            {
                token.Register(() => cancelled = true);
                return fetch.Task;
            },
            CancellationToken.None);
        await store.DisposeAsync();
        cancelled.ShouldBeTrue();
        await Should.ThrowAsync<ObjectDisposedException>(waiting);
        await Should.ThrowAsync<ObjectDisposedException>(() => store.Ask(1));

        fetch.SetResult(await _teacher.Answer(key)(CancellationToken.None));
        _teacher.Given.Single().Freed.ShouldBe(1, "what comes too late is freed");
    }

    private StoreUnderTest Store(int blocks) =>
        new(_teacher, new TargetStoreOptions { MemoryBytes = blocks * FakeTeacher.BlockBytes });
}
