using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Distillation.Tests.Weights;

public class ArtifactStoreTests
{
    private static readonly byte[] Bytes = SafetensorsFile.Encode(
        new Dictionary<string, StoredTensor> { ["a"] = new([1], new byte[] { 1, 2, 3, 4 }) });

    [Fact]
    public void Put_Bytes_KeepsThemUnderTheirSha256AndLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();
        var store = new ArtifactStore(folder.Path);

        var digest = store.Put(Bytes);

        digest.ShouldBe(Digest.Of(Bytes));
        store.Put(Bytes).ShouldBe(digest);
        Directory.GetFiles(folder.Path).ShouldBe([Path.Combine(folder.Path, $"{digest.Hex}.safetensors")]);
        store.Get(digest).Tensors["a"].Data.ToArray().ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Get_ChangedFile_IsRefusedWithBothDigests()
    {
        using var folder = new TemporaryFolder();
        var store = new ArtifactStore(folder.Path);
        var digest = store.Put(Bytes);
        var changed = Bytes.ToArray();
        changed[^1] ^= 1;
        File.WriteAllBytes(store.PathOf(digest), changed);

        Should.Throw<WeightsRefusedException>(() => store.Get(digest)).Message.ShouldBe(
            $"{store.PathOf(digest)}: content: expected {digest}, found {Digest.Of(changed)}");
    }

    [Fact]
    public void Get_UnknownDigest_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<WeightsRefusedException>(() => new ArtifactStore(folder.Path).Get(Digest.Of(Bytes)))
            .Message.ShouldEndWith("found no file");
    }
}
