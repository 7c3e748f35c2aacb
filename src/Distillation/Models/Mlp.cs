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
            register_module(Layer(index), _layers[index]);
        }

        _dropout = new Dropout(spec.Dropout, dropout);
        register_module("dropout", _dropout);
    }

    internal override Parameter OutputBias => _layers[^1].bias!;

    private protected override Tensor Compute(Tensor input, Action<string, Tensor> passed)
    {
        var hidden = input;
        foreach (var (index, layer) in _layers[..^1].Index())
        {
            var feature = nn.functional.relu(layer.call(hidden));
            passed(Layer(index), feature);
            hidden = _dropout.call(feature);
        }

        return _layers[^1].call(hidden);
    }

    private static string Layer(int index) => $"fc{index + 1}";
}
