using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>One term of a loss, before its weight.</summary>
public interface ILossTerm
{
    /// <summary>What is learnt with the student and thrown away afterwards; null for nothing.</summary>
    nn.Module? Learnt => null;

    /// <summary>A scalar, averaged over the batch.</summary>
    Tensor Value(LossInputs inputs);
}
