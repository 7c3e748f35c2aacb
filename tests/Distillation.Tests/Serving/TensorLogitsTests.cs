using Stillhouse.Distillation.Serving;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Serving;

public class TensorLogitsTests
{
    [Fact]
    public void Values_AfterTheScopeOfTheTensorHasEnded_AreStillThere()
    {
        TensorLogits logits;
        using (NewDisposeScope())
        {
            logits = new TensorLogits(arange(6, ScalarType.Float32).view(2, 3));
        }

        logits.Values.ToArray().ShouldBe([0, 1, 2, 3, 4, 5]);
        (logits.Rows, logits.Width).ShouldBe((2, 3));
        logits.Dispose();
        Should.Throw<ObjectDisposedException>(() => logits.Values.Length);
    }

    [Fact]
    public void Create_AnotherKindOfTensor_IsRefused()
    {
        using var scope = NewDisposeScope();
        Should.Throw<ArgumentException>(() => new TensorLogits(zeros(2, 3, ScalarType.Float64)));
        Should.Throw<ArgumentException>(() => new TensorLogits(zeros(6)));
        Should.Throw<ArgumentException>(() => new TensorLogits(zeros(2, 3).t()));
    }
}
