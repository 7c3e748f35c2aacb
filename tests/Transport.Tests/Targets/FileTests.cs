using System.Text;
using Stillhouse.Messages.Identity;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Tests.Targets;

public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTeacher _teacher = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Get_AfterARestart_IsReadFromItsFile()
    {
        await Fill(1, 2);
        _folder.Blocks.Length.ShouldBe(2);

        await using var store = Store();
        using (var targets = (await store.Ask(1)).Targets)
        {
            targets.Lesson.ShouldBe(FakeTeacher.Key(1).Lesson);
            targets.Codec.Name.ShouldBe("fp32");
            targets.Width.ShouldBe(32);
            targets.ComputeTime.ShouldBe(TimeSpan.FromMilliseconds(7));
        }

        (await store.Use(2)).ShouldBe(TargetOrigin.StudentFile);
        (await store.Use(1)).ShouldBe(TargetOrigin.StudentMemory);
        store.Measured("hits file").ShouldBe(2);
        store.Measured("misses").ShouldBe(0);
    }

    [Fact]
    public async Task Get_AfterARestart_BySomeAtOnce_ReadsOnce()
    {
        await Fill(1);
        await using var store = Store();
        var origins = await Task.WhenAll(store.Use(1), store.Use(1), store.Use(1));
        origins.Count(origin => origin == TargetOrigin.StudentFile).ShouldBe(1);
        store.Measured("hits file").ShouldBe(1);
    }

    [Fact]
    public async Task Get_WithMemoryOff_ReadsTheFileEveryTime()
    {
        await Fill(1);
        await using var store = Store(memoryBlocks: 0);
        (await store.Use(1)).ShouldBe(TargetOrigin.StudentFile);
        (await store.Use(1)).ShouldBe(TargetOrigin.StudentFile);
    }

    [Fact]
    public async Task Get_WhatMemoryEvicted_GoesToDisk()
    {
        var store = Store(memoryBlocks: 1);
        await store.Use(1);
        await store.Use(2);
        await store.Use(3);
        (await store.Use(1)).ShouldBeOneOf(TargetOrigin.StudentFile, TargetOrigin.StudentMemory);
        await store.DisposeAsync();
        _folder.Blocks.Length.ShouldBe(3);
        _teacher.Asked.ShouldBe(3);
        _teacher.Given.ShouldAllBe(memory => memory.Freed == 1);
    }

    [Fact]
    public async Task Get_WhatWaitsToBeWritten_IsHandedOutFromMemory()
    {
        var store = Store(memoryBlocks: 0);
        _teacher.GivesUnreadable = true;
        (await store.Ask(1)).Targets.Dispose();
        var (targets, origin) = await store.Ask(1);
        origin.ShouldBe(TargetOrigin.StudentMemory);
        _teacher.Given.Single().Readable.Set();
        targets.Dispose();
        await store.DisposeAsync();
        _folder.Blocks.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Get_WhenTheDiskCannotFollow_DropsInsteadOfWaiting()
    {
        await using (var store = Store(memoryBlocks: 0, unwrittenBlocks: 0))
        {
            await store.Use(1);
            (await store.Use(1)).ShouldBe(TargetOrigin.Computed);
            store.Measured("unwritten").ShouldBe(2);
        }

        _folder.Blocks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_WhenItFails_LosesTheBlockAndSaysSo()
    {
        var obstacle = Directory.CreateDirectory(PathOf(1) + ".tmp");
        var store = Store();
        await store.Use(1);
        await store.Use(2);
        await store.DisposeAsync();
        _folder.Blocks.Length.ShouldBe(1);
        store.Logger.Lines.ShouldContain(line => line.StartsWith($"Warning: Soft targets cannot be written to '{PathOf(1)}'"));
        store.Measured("unwritten").ShouldBe(1);
        _teacher.Given.ShouldAllBe(memory => memory.Freed == 1);
        obstacle.Delete();
    }

    [Fact]
    public async Task Files_BeyondTheirBudget_AreDeletedOldestFirst()
    {
        await Fill(1);
        await Fill(2);
        await Fill(3);
        foreach (var block in new[] { 1, 2, 3 })
        {
            // As if written a minute after each other; block 2 is the oldest.
            File.SetLastWriteTimeUtc(PathOf(block), DateTime.UnixEpoch.AddMinutes(block == 2 ? 0 : block));
        }

        var size = new FileInfo(PathOf(1)).Length;
        await using var store = Store(fileBytes: (2 * size) + 1);
        File.Exists(PathOf(2)).ShouldBeFalse();
        store.Measured("held file").ShouldBe(2 * size);
        (await store.Use(1)).ShouldBe(TargetOrigin.StudentFile);
        await store.Use(4);
        await store.DisposeAsync();
        File.Exists(PathOf(3)).ShouldBeFalse("block 1 was used since");
        File.Exists(PathOf(1)).ShouldBeTrue();
        File.Exists(PathOf(4)).ShouldBeTrue();
    }

    [Fact]
    public async Task Files_WithNoBudget_AreNotWritten()
    {
        await using (var store = Store(fileBytes: 0))
        {
            await store.Use(1);
        }

        _folder.Blocks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lease_OnAFileThatIsDeleted_KeepsItsBytes()
    {
        await Fill(1);
        await using var store = Store(memoryBlocks: 0);
        using var lease = (await store.Ask(1)).Targets;
        File.Delete(PathOf(1));
        await store.DisposeAsync();
        lease.Bytes.SequenceEqual(FakeTeacher.BytesOf(FakeTeacher.Key(1))).ShouldBeTrue();
    }

    [Fact]
    public async Task Get_WhenTheFileWasRemovedByHand_FetchesAnew()
    {
        await Fill(1);
        await using var store = Store();
        File.Delete(PathOf(1));
        (await store.Use(1)).ShouldBe(TargetOrigin.Computed);
        store.Measured("corrupt_files").ShouldBe(0);
    }

    [Fact]
    public async Task Start_AfterAWriteThatWasCutShort_RemovesItAndNothingElse()
    {
        var (unfinished, foreign) = (PathOf(1) + ".tmp", Path.Combine(_folder.Path, "README"));
        await File.WriteAllTextAsync(unfinished, "half a block", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(foreign, "keep me", TestContext.Current.CancellationToken);
        await using var store = Store();
        File.Exists(unfinished).ShouldBeFalse();
        File.Exists(foreign).ShouldBeTrue();
    }

    [Fact]
    public async Task Start_OnAFolderThatAnotherStoreHas_IsRefusedByName()
    {
        await using (Store())
        {
            Should.Throw<TargetStoreException>(() => Store()).Message.ShouldSatisfyAllConditions(
                message => message.ShouldContain($"'{_folder.Path}'"),
                message => message.ShouldContain("Every node needs a folder of its own"));
        }

        await using var next = Store();
    }

    [Fact]
    public async Task Start_OnAPathThatIsAFile_IsRefusedByName()
    {
        var path = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(path, "", TestContext.Current.CancellationToken);
        Should.Throw<TargetStoreException>(() => new StoreUnderTest(_teacher, new TargetStoreOptions { Folder = path }))
            .Message.ShouldContain($"'{path}'");
    }

    private string PathOf(int block) =>
        Path.Combine(_folder.Path, Digest.Of(Encoding.UTF8.GetBytes(FakeTeacher.Key(block).ToString())).Hex + ".targets");

    private async Task Fill(params int[] blocks)
    {
        await using var store = Store();
        foreach (var block in blocks)
        {
            await store.Use(block);
        }
    }

    private StoreUnderTest Store(int memoryBlocks = 100, long fileBytes = 1 << 20, int unwrittenBlocks = 100) => new(
        _teacher,
        new TargetStoreOptions
        {
            MemoryBytes = memoryBlocks * FakeTeacher.BlockBytes,
            Folder = _folder.Path,
            FileBytes = fileBytes,
            UnwrittenBytes = unwrittenBlocks * FakeTeacher.BlockBytes,
        });
}
