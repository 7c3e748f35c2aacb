namespace Stillhouse.Benchmarks.Tests;

public class BenchmarkProgramTests
{
    [Theory]
    [InlineData]
    [InlineData("--quick")]
    [InlineData("datplane")]
    [InlineData("codecs", "dataplane")]
    public async Task Program_WithoutOneKnownName_IsBadInput(params string[] arguments) =>
        (await BenchmarkProgram.RunAsync(arguments)).ShouldBe(2);

    [Fact]
    public void Usage_NamesTheMistakeAndEveryBenchmark()
    {
        var usage = BenchmarkProgram.Usage(["datplane"]);

        usage.ShouldContain("no benchmark 'datplane'");
        string[] names = ["service", "sweep", "dataplane", "codecs", "fanout"];
        names.ShouldAllBe(name => usage.Contains($"  {name} ", StringComparison.Ordinal));
    }
}
