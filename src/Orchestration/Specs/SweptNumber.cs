using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>A value that a person wrote for a parameter of a sweep, with its place.</summary>
internal readonly record struct SweptNumber(Place Place, double Value)
{
    /// <summary>As it would stand in the spec; whole numbers without an exponent.</summary>
    public string Text => double.IsInteger(Value) && Math.Abs(Value) < 1e15 ? Value.ToString("F0") : Value.ToString();

    /// <summary>All values of a choice, both ends of a range.</summary>
    public static IEnumerable<SweptNumber> Of(BoundSpec spec, Bound<ParameterSpec> parameter)
    {
        var path = parameter.Place.Path;
        return parameter.Value switch
        {
            ChoiceParameterSpec choice => choice.Values.Select((value, i) => new SweptNumber(spec.PlaceOf($"{path}.values[{i}]"), value)),
            UniformParameterSpec uniform => Ends(uniform.Low, uniform.High),
            LogUniformParameterSpec uniform => Ends(uniform.Low, uniform.High),
            IntegerParameterSpec integer => Ends(integer.Low, integer.High),
            _ => throw new InvalidOperationException($"No rule for a {parameter.Value.GetType().Name}."),
        };

        IEnumerable<SweptNumber> Ends(double low, double high) =>
            [new(spec.PlaceOf($"{path}.low"), low), new(spec.PlaceOf($"{path}.high"), high)];
    }
}
