using Stillhouse.Distillation.Native;
using Stillhouse.Messages.Specs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Models;

/// <inheritdoc cref="CnnSpec"/>
internal sealed class Cnn : Network
{
    private const int Kernel = 3;
    private const int Padding = 1;
    private const int Pool = 2;
    private const string Hidden = "fc1";

    private readonly IReadOnlyList<int> _shape;
    private readonly List<Conv2d> _convolutions = [];
    private readonly Linear _hidden;
    private readonly Linear _output;
    private readonly Dropout _dropout;

    static Cnn()
    {
        torch.InitializeDeviceType(DeviceType.CPU);
        OneDnn.Disable();
    }

    public Cnn(CnnSpec spec, Generator dropout, Device device)
        : base(spec, dropout, device)
    {
        if (spec.Channels.Count > spec.MaximumConvolutions)
        {
            throw new ArgumentException(
                $"{spec.Channels.Count} convolutions leave no pixel of {spec.Input[1]}x{spec.Input[2]}; "
                + $"at most {spec.MaximumConvolutions} are possible.", nameof(spec));
        }

        _shape = spec.Input;
        var (channels, height, width) = (_shape[0], _shape[1], _shape[2]);
        foreach (var outputs in spec.Channels)
        {
            _convolutions.Add(nn.Conv2d(channels, outputs, Kernel, padding: Padding));
            register_module(Convolution(_convolutions.Count - 1), _convolutions[^1]);
            (channels, height, width) = (outputs, height / Pool, width / Pool);
        }

        _hidden = nn.Linear(channels * height * width, spec.Hidden);
        _output = nn.Linear(spec.Hidden, spec.Classes);
        _dropout = new Dropout(spec.Dropout, dropout);
        register_module(Hidden, _hidden);
        register_module("fc2", _output);
        register_module("dropout", _dropout);
    }

    internal override Parameter OutputBias => _output.bias!;

    private protected override Tensor Compute(Tensor input, Action<string, Tensor> passed)
    {
        var maps_BCHW = input.view(-1, _shape[0], _shape[1], _shape[2]);
        foreach (var (index, convolution) in _convolutions.Index())
        {
            maps_BCHW = nn.functional.max_pool2d(nn.functional.relu(convolution.call(maps_BCHW)), Pool);
            passed(Convolution(index), maps_BCHW);
        }

        var hidden = nn.functional.relu(_hidden.call(maps_BCHW.flatten(1)));
        passed(Hidden, hidden);
        return _output.call(_dropout.call(hidden));
    }

    private static string Convolution(int index) => $"conv{index + 1}";
}
