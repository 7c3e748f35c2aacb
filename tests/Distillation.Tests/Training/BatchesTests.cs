using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Training;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Training;

public class BatchesTests
{
    private static readonly SampleSet Samples = new(new byte[] { 0, 255, 51, 102, 1, 254 }, new byte[] { 7, 8, 9 });

    [Fact]
    public void Inputs_NamedSamples_AreTheirPixelsFromZeroToOne()
    {
        using var inputs_BS = Batches.Inputs(Samples, [2, 0, 2], CPU);
        inputs_BS.shape.ShouldBe([3, 2]);
        inputs_BS.data<float>().ToArray().ShouldBe([1 / 255f, 254 / 255f, 0, 1, 1 / 255f, 254 / 255f]);
    }

    [Fact]
    public void Labels_NamedSamples_AreTheirLabels()
    {
        using var labels_B = Batches.Labels(Samples, [2, 0], CPU);
        labels_B.data<long>().ToArray().ShouldBe([9, 7]);
    }
}
