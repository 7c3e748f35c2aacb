using Stillhouse.Distillation.Native;

namespace Stillhouse.Distillation.Tests.Native;

public class TorchRuntimeTests
{
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
