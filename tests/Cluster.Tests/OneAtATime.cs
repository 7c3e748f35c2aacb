using Xunit.Sdk;
using Xunit.v3;

// Most tests here start half a dozen processes, each of which has all cores busy while it starts: side by side they keep each other waiting.
[assembly: Parallelization(Mode = ParallelMode.None)]
