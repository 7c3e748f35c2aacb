using Stillhouse.Benchmarks;
using Stillhouse.Benchmarks.Peers;

return args is [PeerProcess.Command, .. var peer] ? await PeerProgram.RunAsync(peer) : await BenchmarkProgram.RunAsync(args);
