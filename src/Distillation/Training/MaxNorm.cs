using Stillhouse.Distillation.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Training;

/// <summary>
/// Keeps the incoming weights of every unit, a row of a linear layer or a filter of a convolution, within a ball (Hinton et
/// al., 1207.0580; Srivastava et al., 2014, 5.1). Biases are free. A pure function of the weights, so a training that is
/// resumed between two steps needs nothing of it.
/// </summary>
internal sealed class MaxNorm
{
    private readonly Parameter[] _weights;
    private readonly double _limit;

    /// <param name="network">Its weights <c>[units, inputs...]</c> are changed in place.</param>
    /// <param name="limit">The largest L2 norm of one unit's weights, above 0.</param>
    public MaxNorm(Network network, double limit)
    {
        _weights = [.. network.parameters().Where(parameter => parameter.dim() > 1)];
        _limit = limit;
    }

    /// <summary>Scales the weights of units beyond the limit back to it; those of others stay as they are, to the last bit.</summary>
    public void Apply()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var weight in _weights)
        {
            var units_UI = weight.view(weight.shape[0], -1);
            var norms_U1 = units_UI.norm(dim: 1, keepdim: true, p: 2);
            units_UI.mul_(norms_U1.reciprocal_().mul_(_limit).clamp_max_(1));
        }
    }
}
