using System.Collections.Frozen;
using System.Runtime.InteropServices;
using Stillhouse.Benchmarks.Dataplane;
using Stillhouse.Benchmarks.Teaching;

namespace Stillhouse.Benchmarks.Peers;

/// <summary>
/// The other side of <see cref="PeerProcess"/>: says where it is, then answers line by line until its standard input
/// ends, which happens however the process that started it dies.
/// </summary>
internal static class PeerProgram
{
    private static readonly FrozenDictionary<string, Func<string[], Task<IPeer>>> Kinds =
        new Dictionary<string, Func<string[], Task<IPeer>>>
        {
            [DataplanePeer.Kind] = _ => DataplanePeer.StartAsync(),
            [TeachingPeer.Kind] = TeachingPeer.StartAsync,
        }.ToFrozenDictionary();

    /// <param name="arguments">The kind of peer, then what it needs.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        // Ctrl+C reaches all processes of a terminal; what it means is the parent's decision.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        await using var peer = await Kinds[arguments[0]](arguments[1..]);
        await Console.Out.WriteLineAsync(peer.Address);
        while (await Console.In.ReadLineAsync() is { } question)
        {
            await Console.Out.WriteLineAsync(peer.Answer(question));
        }

        return 0;
    }
}
