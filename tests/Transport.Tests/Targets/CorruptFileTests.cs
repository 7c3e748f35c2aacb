using System.Buffers.Binary;
using System.IO.Hashing;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Tests.Targets;

public sealed class CorruptFileTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTeacher _teacher = new();

    public async ValueTask InitializeAsync()
    {
        await using var store = Store();
        await store.Use(1);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Get_WithAnyByteOfTheFileChanged_FetchesAnew()
    {
        var good = await File.ReadAllBytesAsync(_folder.Blocks.Single(), TestContext.Current.CancellationToken);
        for (var place = 0; place < good.Length; place += 5)
        {
            var bad = (byte[])good.Clone();
            bad[place] ^= 0x10;
            await ShouldFetchAnew(bad);
        }
    }

    [Theory]
    [InlineData(0, "expected 1 to 2147483647 bytes, found 0")]
    [InlineData(10, "expected a block of soft targets, found something else")]
    [InlineData(50, "expected a key")]
    [InlineData(700, "expected a length in bytes of")]
    public async Task Get_WithTheFileCutShort_FetchesAnew(int length, string flaw)
    {
        var good = await File.ReadAllBytesAsync(_folder.Blocks.Single(), TestContext.Current.CancellationToken);
        await ShouldFetchAnew(good[..length], flaw);
    }

    [Fact]
    public async Task Get_WithTheFileOfAnotherVersion_FetchesAnew()
    {
        var file = await File.ReadAllBytesAsync(_folder.Blocks.Single(), TestContext.Current.CancellationToken);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), 2);
        XxHash128.Hash(file.AsSpan(..^16), file.AsSpan(^16..));
        await ShouldFetchAnew(file, "expected format version 1, found 2");
    }

    [Fact]
    public async Task Get_WithTheFileOfAnotherBlock_FetchesAnew()
    {
        using var elsewhere = new TemporaryFolder();
        await using (var other = new StoreUnderTest(new FakeTeacher(), new TargetStoreOptions { Folder = elsewhere.Path }))
        {
            await other.Use(2);
        }

        await ShouldFetchAnew(
            await File.ReadAllBytesAsync(elsewhere.Blocks.Single(), TestContext.Current.CancellationToken),
            $"expected the block {FakeTeacher.Key(1)}, found {FakeTeacher.Key(2)}");
    }

    private async Task ShouldFetchAnew(byte[] file, string flaw = "expected")
    {
        var path = _folder.Blocks.Single();
        await File.WriteAllBytesAsync(path, file, TestContext.Current.CancellationToken);
        await using (var store = Store())
        {
            (await store.Use(1)).ShouldBe(TargetOrigin.Computed);
            File.Exists(path).ShouldBeFalse();
            store.Measured("corrupt_files").ShouldBe(1);
            store.Logger.Lines.ShouldHaveSingleItem().ShouldStartWith($"Warning: Soft targets in '{path}' are not used and deleted: {flaw}");
        }

        await using var next = Store();
        (await next.Use(1)).ShouldBe(TargetOrigin.StudentFile, "what was fetched anew was written anew");
    }

    private StoreUnderTest Store() => new(_teacher, new TargetStoreOptions { Folder = _folder.Path });
}
