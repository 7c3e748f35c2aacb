using Stillhouse.Messages.Specs;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Transport.Tests.Codecs;

public class TargetCodecsTests
{
    public static TheoryData<CodecSpec, string> Specs { get; } = new()
    {
        { new Fp32Spec(), "fp32" },
        { new Fp16Spec(), "fp16" },
        { new Int8Spec(), "int8" },
        { new TopKSpec { K = 64, Temperature = 4 }, "top-k:64@4" },
        { new SampledSpec { Draws = 50, Temperature = 0.1 }, "sampled:50@0.1" },
    };

    [Theory, MemberData(nameof(Specs))]
    public void Of_ASpec_IsTheCodecWithItsNumbers(CodecSpec spec, string name) => TargetCodecs.Of(spec).Name.ShouldBe(name);

    [Fact]
    public void Of_ASpecWithFeatures_NamesThem()
    {
        TargetCodecs.Of(new Fp16Spec(), "conv2", "fc1").Name.ShouldBe("fp16+conv2,fc1");
        TargetCodecs.Of(new Fp32Spec(), "fc1").Features.ShouldBe(["fc1"]);
        Should.Throw<ArgumentException>(() => TargetCodecs.Of(new Int8Spec(), "fc1")).Message.ShouldContain("no room for features");
    }

    [Fact]
    public void Of_EveryCodecThatASpecCanName_Exists()
    {
        var specs = typeof(CodecSpec).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodecSpec)) && !type.IsAbstract).ToArray();
        specs.Length.ShouldBe(TargetCodecs.Names.Count);
        specs.ShouldAllBe(spec => TargetCodecs.Of((CodecSpec)Activator.CreateInstance(spec)!, Array.Empty<string>()) != null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("fp64")]
    [InlineData("FP32")]
    [InlineData("fp32+")]
    [InlineData("fp32+fc1,")]
    [InlineData("fp32+fc1,fc1")]
    [InlineData("fp32+fc1+fc2")]
    [InlineData("fp32+fc 1")]
    [InlineData("int8+fc1")]
    [InlineData("top-k:64@4+fc1")]
    [InlineData("top-k")]
    [InlineData("top-k:64")]
    [InlineData("top-k:064@4")]
    [InlineData("top-k:64@4.0")]
    [InlineData("top-k:64@04")]
    [InlineData("top-k:0@4")]
    [InlineData("top-k:65536@4")]
    [InlineData("top-k:-1@4")]
    [InlineData("top-k:64@0")]
    [InlineData("top-k:64@-1")]
    [InlineData("top-k:64@NaN")]
    [InlineData("top-k:64@1001")]
    [InlineData("top-k:64@1E-60")]
    [InlineData("top-k@64:4")]
    [InlineData("sampled:50@1@1")]
    [InlineData("sampled:99999999999@1")]
    public void TryParse_AnythingElse_FindsNone(string name) => TargetCodecs.TryParse(name, out _).ShouldBeFalse();

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(65_536, 1.0)]
    [InlineData(1, 0.0)]
    [InlineData(1, double.NaN)]
    [InlineData(1, 1_001.0)]
    public void SparseCodec_OutsideOfTheBounds_IsRefused(int slots, double temperature)
    {
        Should.Throw<ArgumentException>(() => new TopKCodec(slots, temperature));
        Should.Throw<ArgumentException>(() => new SampledCodec(slots, temperature));
    }
}
