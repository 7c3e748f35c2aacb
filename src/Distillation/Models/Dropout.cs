using static TorchSharp.torch;

namespace Stillhouse.Distillation.Models;

/// <summary>
/// Silences a share of the units in training and scales up the rest (Srivastava et al., 2014). The masks come from the
/// network's own generator, never from the one of the process.
/// </summary>
internal sealed class Dropout : nn.Module<Tensor, Tensor>
{
    private readonly double _share;
    private readonly Generator _generator;

    /// <param name="share">Of units silenced, in [0, 1).</param>
    /// <param name="generator">Owned from now on.</param>
    public Dropout(double share, Generator generator)
        : base(nameof(Dropout))
    {
        _share = share;
        _generator = generator;
    }

    public override Tensor forward(Tensor input)
    {
        if (!training || _share == 0)
        {
            return input;
        }

        var mask = empty_like(input).bernoulli_(1 - _share, _generator).div_(1 - _share);
        return input * mask;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _generator.Dispose();
        }

        base.Dispose(disposing);
    }
}
