using Stillhouse.Distillation.Native;
using TorchSharp;

namespace Stillhouse.Distillation.Tests.Native;

public class TorchRuntimeTests
{
    /// <summary>As it comes, TorchSharp lets a finalizer free the scalar that libtorch is about to read (build/KeepArgumentsAlive.cs).</summary>
    [Fact]
    public void Scalars_WhileGarbageIsCollected_AreReadWhole()
    {
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            using var one = torch.ones(4);
            for (var round = 0; round < 40_000; round++)
            {
                using var scope = torch.NewDisposeScope();
                one.mul(3.0).div(3.0).add(2.0)[0].item<float>().ShouldBe(3f);
            }
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    [Fact]
    public void EnsureLoadable_OnSupportedHost_Loads() => Should.NotThrow(TorchRuntime.EnsureLoadable);

    [Theory]
    [InlineData("/usr/lib/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by /app/libtorch_cpu.so)", "libstdc++.so.6 lacks GLIBCXX_3.4.30")]
    [InlineData("/lib/libc.so.6: version `GLIBC_2.34' not found (required by /app/x.so)", "libc.so.6 lacks GLIBC_2.34")]
    [InlineData("libgomp.so.1: cannot open shared object file: No such file or directory", "libgomp.so.1 is missing")]
    [InlineData("something else", "something else")]
    public void Explain_LoaderMessage_NamesWhatIsMissing(string loaderMessage, string finding) =>
        TorchRuntime.Explain(loaderMessage).ShouldContain(finding);
}
