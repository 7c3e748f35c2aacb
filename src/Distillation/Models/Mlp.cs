using Stillhouse.Messages.Specs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Models;

/// <inheritdoc cref="MlpSpec"/>
internal sealed class Mlp : Network
{
    private readonly Linear[] _layers;
    private readonly Dropout _dropout;

    public Mlp(MlpSpec spec, Generator dropout, Device device)
        : base(spec, dropout, device)
    {
        _layers = [.. spec.Widths.Zip(spec.Widths.Skip(1), (inputs, outputs) => nn.Linear(inputs, outputs))];
        for (var index = 0; index < _layers.Length; index++)
        {
            register_module($"fc{index + 1}", _layers[index]);
        }

        _dropout = new Dropout(spec.Dropout, dropout);
        register_module("dropout", _dropout);
    }

    internal override Parameter OutputBias => _layers[^1].bias!;

    public override Tensor forward(Tensor input)
    {
        var hidden = input;
        foreach (var layer in _layers.AsSpan(..^1))
        {
            hidden = _dropout.call(nn.functional.relu(layer.call(hidden)));
        }

        return _layers[^1].call(hidden);
    }
}
