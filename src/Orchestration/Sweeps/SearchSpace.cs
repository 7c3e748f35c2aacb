using System.Numerics;
using Stillhouse.Messages.Randomness;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Sweeps;

namespace Stillhouse.Orchestration.Sweeps;

/// <summary>Everything that a sweep may try: the product of its dimensions, architectures first.</summary>
public sealed class SearchSpace
{
    private const string ArchitecturePath = "student.model";

    private readonly bool _hasArchitectures;

    private SearchSpace(IReadOnlyList<Dimension> dimensions, bool hasArchitectures)
    {
        _hasArchitectures = hasArchitectures;
        Dimensions = dimensions;
        Size = dimensions.Aggregate((BigInteger?)BigInteger.One, (size, dimension) => size * dimension.Count);
    }

    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>How many points there are; null where they cannot be counted.</summary>
    public BigInteger? Size { get; }

    /// <summary>The space of a sweep without problems.</summary>
    public static SearchSpace Of(SweepSpec sweep)
    {
        var architectures = Enumerable.Range(0, sweep.Architectures.Count).Select(position => (double)position).ToArray();
        var hasArchitectures = architectures.Length > 0;
        return new SearchSpace(
            [
                .. hasArchitectures ? [new CategoricalDimension(ArchitecturePath, architectures)] : Array.Empty<Dimension>(),
                .. sweep.Parameters.Select(Compile),
            ],
            hasArchitectures);
    }

    /// <summary>The point at a position from 0 to <see cref="Size"/> - 1; the last dimension changes fastest.</summary>
    public Assignment At(long position)
    {
        var point = new double[Dimensions.Count];
        for (var i = point.Length - 1; i >= 0; i--)
        {
            (position, var place) = Math.DivRem(position, Dimensions[i].Count!.Value);
            point[i] = Dimensions[i].At(place);
        }

        return Assign(point);
    }

    /// <summary>A point whose values are drawn one by one from the prior.</summary>
    public Assignment Draw(SplitMix64 random) => Assign([.. Dimensions.Select(dimension => dimension.Draw(random))]);

    /// <summary>A point with one value for each dimension.</summary>
    public Assignment Assign(IReadOnlyList<double> point)
    {
        var skipped = _hasArchitectures ? 1 : 0;
        return new Assignment(
            [.. Dimensions.Zip(point, (dimension, value) => new Setting(dimension.Path, value)).Skip(skipped)],
            _hasArchitectures ? (int)point[0] : null);
    }

    /// <summary>The value of an assignment along a dimension.</summary>
    public double Coordinate(Assignment assignment, int dimension) =>
        !_hasArchitectures ? assignment.Settings[dimension].Value
        : dimension == 0 ? assignment.Architecture!.Value
        : assignment.Settings[dimension - 1].Value;

    private static Dimension Compile(ParameterSpec parameter) => parameter switch
    {
        ChoiceParameterSpec choice => new CategoricalDimension(choice.Path, choice.Values),
        UniformParameterSpec uniform => new NumericDimension(uniform.Path, uniform.Low, uniform.High, uniform.Step, Log: false),
        LogUniformParameterSpec uniform => new NumericDimension(uniform.Path, uniform.Low, uniform.High, Step: null, Log: true),
        IntegerParameterSpec integer => new NumericDimension(integer.Path, integer.Low, integer.High, integer.Step, integer.Log),
        _ => throw new InvalidOperationException($"No dimension for a {parameter.GetType().Name}."),
    };
}
