using CsCheck;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

public class NearestTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char['a', 'd'], 0, 6];

    [Theory]
    [InlineData("temprature", "temperature")]
    [InlineData("Temperature", "temperature")]
    [InlineData("epoch", "epochs")]
    [InlineData("batch_size", "batchSize")]
    [InlineData("aplha", "alpha")]
    public void To_AMisspeltWord_IsTheWord(string written, string meant) =>
        Nearest.To(written, ["alpha", "temperature", "epochs", "batchSize"]).ShouldBe(meant);

    [Fact]
    public void To_AnUnrelatedWord_IsNothing() => Nearest.To("colour", ["alpha", "temperature"]).ShouldBeNull();

    [Fact]
    public void Distance_IsSymmetricAndZeroForEqualWordsAlone() =>
        Gen.Select(Word, Word).Sample((a, b) =>
        {
            Nearest.Distance(a, b).ShouldBe(Nearest.Distance(b, a));
            (Nearest.Distance(a, b) == 0).ShouldBe(a == b);
        });
}
