using System.Globalization;
using Stillhouse.Messages.Identity;

namespace Stillhouse.Orchestration.Tests.Identity;

public class DigestTests
{
    [Fact]
    public void Of_KnownContent_IsItsSha256() =>
        Digest.Of("abc"u8).ToString().ShouldBe("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Theory]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("sha256:ba78")]
    [InlineData("")]
    public void Parse_AnythingElse_IsRefused(string text) =>
        Should.Throw<FormatException>(() => Digest.Parse(text, CultureInfo.InvariantCulture));
}
