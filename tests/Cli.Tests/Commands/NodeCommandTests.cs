using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Stillhouse.Cli.Commands;
using Stillhouse.Hosting;
using Stillhouse.Messages.Nodes;

namespace Stillhouse.Cli.Tests.Commands;

public sealed class NodeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Node_WithEverythingWrong_SaysAllAndStartsNothing()
    {
        var file = _folder.Write("file", "");

        var lines = await ProblemsAsync(
            "teacher", "--port", "x", "--coordinators", "2", "--seeds", "nowhere", "--threads", "0", "--checkpoint-every", "10s,5s", "--artifacts", file, "--log", _folder.Path);

        lines.ShouldBe(
        [
            $"--artifacts: found the file {file}; allowed a folder; choose another folder, or move the file away",
            "--checkpoint-every: found '10s,5s'; allowed whole numbers from 1: of seconds with an s, of steps without, each once; write for example 10s",
            "--coordinators: found '2'; allowed 1, or 3 and more; with two coordinators the loss of one ends the whole cluster; start 1 or at least 3",
            $"--log: found the folder {_folder.Path}; allowed a file; name a file; it is made, or written on",
            "--port: found 'x'; allowed a whole number from 0 to 65535; write a TCP port; 0 takes any that is free",
            "--seeds: found 'nowhere'; allowed host:port, the port from 1 to 65535; write for example 10.0.0.5:4053",
            "--threads: found '0'; allowed a whole number from 1 to 1024; write as many as the node's trials and teachers may use",
            "7 problems; nothing was started.",
        ]);
        _folder.Files.ShouldBe(["file"]);
    }

    [Fact]
    public async Task Coordinator_ThatIsNotAmongTheSeeds_WouldNeverFormACluster()
    {
        var lines = await ProblemsAsync(
            "coordinator", "--port", "4053", "--seeds", "127.0.0.1:1", "--artifacts", _folder["weights"], "--log", _folder["log"]);

        lines[0].ShouldStartWith("--seeds: found 127.0.0.1:1; allowed every coordinator, this one too; add 127.0.0.1:4053");
    }

    [Fact]
    public async Task Node_OnAPortThatIsTaken_IsRefused()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var lines = await ProblemsAsync(
            "teacher", "--port", $"{port}", "--seeds", "127.0.0.1:1", "--artifacts", _folder["weights"], "--log", _folder["log"]);

        lines[0].ShouldStartWith($"--port: found 127.0.0.1:{port}, where nothing can listen (");
    }

    [Theory]
    [InlineData(NodeRole.Teacher, null, "no coordinator answered at 10.0.0.1:4053")]
    [InlineData(NodeRole.Coordinator, "10.0.0.5:4053", "no member answered at 10.0.0.5:4053; leave --peers out where this coordinator is to form the cluster")]
    public void Node_ThatNobodyAnswers_SaysWhomItAsked(string role, string? peer, string failure)
    {
        var options = new NodeOptions
        {
            Name = "node", Roles = [role], Seeds = ["10.0.0.1:4053"], Peers = peer is null ? [] : [peer], ArtifactFolder = _folder["weights"],
        };

        NodeCommand.Failure(CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance, options).ShouldBe(failure);
    }

    private static async Task<string[]> ProblemsAsync(params string[] arguments)
    {
        using var console = new AConsole();
        (await console.InvokeAsync(["node", .. arguments])).ShouldBe(ExitCode.BadInput);
        return console.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
