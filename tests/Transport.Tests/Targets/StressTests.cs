using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Randomness;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Tests.Targets;

public class StressTests
{
    private const int Blocks = 12;

    /// <summary>Some ask, some cancel, teachers fail, memory and disk have room for a few blocks each.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 4)]
    [InlineData(3, 4)]
    public async Task Get_ByManyInAnyOrder_GivesEverybodyTheRightBytesAndFreesAll(int memoryBlocks, int fileBlocks)
    {
        using var folder = new TemporaryFolder();
        var teacher = new FakeTeacher();
        var store = new StoreUnderTest(
            teacher,
            new TargetStoreOptions
            {
                MemoryBytes = memoryBlocks * FakeTeacher.BlockBytes,
                Folder = fileBlocks > 0 ? folder.Path : null,
                FileBytes = fileBlocks * (FakeTeacher.BlockBytes + 512),
                UnwrittenBytes = 2 * FakeTeacher.BlockBytes,
            });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() => AskAround(store, seed))));
        await store.DisposeAsync();
        teacher.Given.ShouldAllBe(memory => memory.Freed == 1);
    }

    private static async Task AskAround(StoreUnderTest store, int seed)
    {
        var random = new SplitMix64(seed);
        for (var i = 0; i < 200; i++)
        {
            var block = random.Below(Blocks);
            using var cancellation = new CancellationTokenSource();
            var use = random.Below(10) == 0 ? Fail(store, block, cancellation.Token) : store.Use(block, cancellation.Token);
            if (random.Below(4) == 0)
            {
                await cancellation.CancelAsync();
            }

            try
            {
                await use;
            }
            catch (Exception cause) when (cause is OperationCanceledException or TeacherUnreachableException)
            {
                // Anybody's failure may be the one that this caller waited for.
            }
        }
    }

    /// <summary>Asks by way of a teacher that goes away, unless the block is there.</summary>
    private static async Task Fail(StoreUnderTest store, int block, CancellationToken cancellation)
    {
        var answer = await store.Store.GetAsync(
            FakeTeacher.Key(block),
            async _ =>
            {
                await Task.Yield();
                throw new TeacherUnreachableException("gone");
            },
            cancellation);
        answer.Targets.Dispose();
    }
}
