using Stillhouse.Benchmarks.Measuring;

namespace Stillhouse.Benchmarks.Tests.Measuring;

public class ResultLineTests
{
    [Fact]
    public void ResultLine_IsForPrograms() =>
        new ResultLine("sweep", ("speedup", 3.5), ("forwards_per_sample", 1), ("share", 0.00303125)).ToString()
            .ShouldBe("RESULT sweep speedup=3.5 forwards_per_sample=1 share=0.003");
}
