using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Tests.Data.Idx;

public class MnistTests
{
    [Fact]
    public void Load_Mnist_HasTheKnownCountsOfEveryDigit()
    {
        var mnist = DatasetLoader.Load(new IdxDataSpec { Path = SharedData.Require("mnist") });

        mnist.Shape.ShouldBe(new SampleShape(1, 28, 28));
        mnist.Train.Count.ShouldBe(55_000);
        CountLabels(mnist.Train, mnist.Validation)
            .ShouldBe([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
        CountLabels(mnist.Test).ShouldBe([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
        mnist.Train.Labels.Span[..5].ToArray().ShouldBe([5, 0, 4, 1, 9]);
    }

    private static IEnumerable<int> CountLabels(params SampleSet[] splits) =>
        splits.SelectMany(split => split.Labels.ToArray()).CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value);
}
