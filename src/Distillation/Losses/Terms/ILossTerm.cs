using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>One term of a loss, before its weight.</summary>
public interface ILossTerm
{
    /// <summary>A scalar, averaged over the batch.</summary>
    Tensor Value(LossInputs inputs);
}
