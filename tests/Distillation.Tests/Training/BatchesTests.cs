using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Training;

public class BatchesTests
{
    private static readonly SampleSet Samples = new(new byte[] { 0, 255, 51, 102, 1, 254 }, new byte[] { 7, 8, 9 });

    [Fact]
    public void Inputs_NamedSamples_AreTheirPixelsFromZeroToOne()
    {
        using var inputs_BS = Batches.Inputs(Samples, new SampleShape(1, 1, 2), View.Plain, [2, 0, 2], CPU);
        inputs_BS.shape.ShouldBe([3, 2]);
        inputs_BS.data<float>().ToArray().ShouldBe([1 / 255f, 254 / 255f, 0, 1, 1 / 255f, 254 / 255f]);
    }

    [Fact]
    public void Inputs_OfARangeOrOfShippedPixels_AreTheSame()
    {
        using var range_BS = Batches.Inputs(Samples, new SampleRange(1, 2), CPU);
        using var shipped_BS = Batches.Inputs([51, 102, 1, 254], 2, CPU);

        range_BS.data<float>().ToArray().ShouldBe([51 / 255f, 102 / 255f, 1 / 255f, 254 / 255f]);
        shipped_BS.data<float>().ToArray().ShouldBe(range_BS.data<float>().ToArray());
    }

    [Fact]
    public void Labels_NamedSamples_AreTheirLabels()
    {
        using var labels_B = Batches.Labels(Samples, [2, 0], CPU);
        labels_B.data<long>().ToArray().ShouldBe([9, 7]);
    }
}
