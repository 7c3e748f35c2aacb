using System.Runtime;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Stillhouse.Benchmarks.Measuring;

/// <summary>What figures depend on besides the code.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string LoadFile = "/proc/loadavg";
    private const double Gibibyte = 1L << 30;

    public static IEnumerable<string> Describe()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gibibyte;
        yield return $"machine: {Processor()}, {Environment.ProcessorCount} cores, {memory:0.#} GiB, {RuntimeInformation.OSDescription}";
        yield return $"runtime: {RuntimeInformation.FrameworkDescription}, libtorch {torch.__version__}, "
            + $"{(GCSettings.IsServerGC ? "server" : "workstation")} GC ({GCSettings.LatencyMode}), as nodes have it";
        if (File.Exists(LoadFile))
        {
            yield return $"load before the start: {File.ReadAllText(LoadFile).Split(' ')[0]}";
        }
    }

    private static string Processor() =>
        File.Exists(ProcessorFile)
        && File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line.Split(':')[1].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
}
