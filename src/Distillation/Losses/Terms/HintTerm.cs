using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>
/// <c>mean (r(f_s) - f_t)²</c>: the regressor r maps the student's feature to the size of the teacher's and is learnt with it
/// (FitNets: Romero et al., 1412.6550, 2.2, which halves the sum of squares).
/// </summary>
internal sealed class HintTerm(HintLossSpec spec, Regressors regressors) : FeatureTerm(spec)
{
    public override nn.Module Learnt => regressors;

    protected override Tensor Distance(FeaturePair pair) => (regressors.Map(pair) - pair.Teacher).square().mean();
}
