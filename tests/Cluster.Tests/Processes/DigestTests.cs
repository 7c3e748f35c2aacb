namespace Stillhouse.Cluster.Tests.Processes;

public sealed class DigestTests : IDisposable
{
    private readonly RunFolder _folder = new(studentEpochs: 3);

    [Fact]
    public async Task Student_EmbeddedTwiceAsProcessesAndWithReplicas_HasTheSameWeights()
    {
        await RunAsync("first");
        await RunAsync("second");
        await RunAsync("processes", "--nodes", "coordinators=1,teachers=3,students=1");
        await RunAsync("replicas", "--nodes", "coordinators=1,teachers=3,students=1", "--set", "teachers[0].replicas=3");

        var digest = _folder.StudentDigest("first");
        digest.ShouldStartWith("sha256:");
        _folder.StudentDigest("second").ShouldBe(digest);
        _folder.StudentDigest("processes").ShouldBe(digest);
        _folder.StudentDigest("replicas").ShouldBe(digest);
    }

    [Fact]
    public async Task Student_WhateverIsKeptOfItsTargets_HasTheSameWeights()
    {
        string[] blocks = ["--set", "schedule.block=32", "--set", "schedule.window=2"];
        string[] folder = ["--target-folder", _folder.Out("targets"), "--target-memory", "4KiB"];
        await RunAsync("kept", blocks);
        await RunAsync("off", [.. blocks, "--target-memory", "0", "--nodes", "coordinators=1,teachers=3,students=1"]);
        await RunAsync("little", [.. blocks, "--target-memory", "1MiB", "--nodes", "coordinators=1,teachers=3,students=1"]);
        await RunAsync("cold", [.. blocks, .. folder]);
        await RunAsync("warm", [.. blocks, .. folder]);

        var digest = _folder.StudentDigest("kept");
        string[] others = ["off", "little", "cold", "warm"];
        others.ShouldAllBe(other => _folder.StudentDigest(other) == digest);
        _folder.ForwardsComputed("cold").ShouldBe(3 * 600);
        _folder.ForwardsComputed("warm").ShouldBe(0);
    }

    [Fact]
    public async Task Student_OfAnotherSeed_HasOtherWeights()
    {
        await RunAsync("one");
        await RunAsync("two", "--seed", "2");

        _folder.StudentDigest("two").ShouldNotBe(_folder.StudentDigest("one"));
    }

    public void Dispose() => _folder.Dispose();

    private Task RunAsync(string name, params IEnumerable<string> more) =>
        StillProcess.SucceedAsync(["run", _folder.Spec, "--out", _folder.Out(name), .. more]);
}
