using Stillhouse.Distillation.Losses.Terms;
using Stillhouse.Messages.Specs;
using TorchSharp;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses.Terms;

/// <summary>Losses on features beside their formulas.</summary>
internal static class FeatureTerms
{
    /// <summary>What a term learns is of the features' type.</summary>
    public static ILossTerm Create(
        FeatureLossSpec spec, FeatureShape[] student, FeatureShape[][] teachers, ScalarType type = ScalarType.Float64, long seed = 1)
    {
        var term = LossTerms.Of(spec, new ComparedNetworks(student, teachers, seed, CPU));
        term.Learnt?.to(type);
        return term;
    }

    public static ILossTerm Create(FeatureLossSpec spec, BatchFeature student, BatchFeature teacher) =>
        Create(spec, [student.Shape], [[teacher.Shape]], student.Values_BS.dtype);

    public static Tensor Value(this ILossTerm term, BatchFeature student, BatchFeature teacher) =>
        term.Value([student], (Index: 0, Share: 1, [teacher]));

    /// <param name="teachers">Those that answered.</param>
    public static Tensor Value(
        this ILossTerm term, BatchFeature[] student, params (int Index, double Share, BatchFeature[] Features)[] teachers)
    {
        var rows = student[0].Rows.Length;
        return term.Value(new LossInputs(zeros([rows, 2]), zeros([rows], ScalarType.Int64), Smoothing: 0, Temperature: 1)
        {
            StudentFeatures = Named(student),
            TeacherFeatures = [.. teachers.Select(teacher => new TeacherFeatures(teacher.Index, teacher.Share, Named(teacher.Features)))],
        });
    }

    /// <summary>What the formula says about one pair, with the regressor that the term has for it.</summary>
    /// <param name="rows">The student's, where they are not its own.</param>
    public static double Formula(
        this ILossTerm term, FeatureLossSpec spec, BatchFeature student, BatchFeature teacher, int index = 0, double[][]? rows = null) =>
        ArrayFeatureLosses.Of(
            spec, rows ?? student.Rows, teacher.Rows, student.Places, Regressor(term, $"{index}-{student.Shape.Name}-{teacher.Shape.Name}"));

    private static double[][] Regressor(ILossTerm term, string name)
    {
        if (term.Learnt is null)
        {
            return [];
        }

        var (weights, biases) = (Parameter("weight"), Parameter("bias"));
        return [.. weights.Chunk(weights.Length / biases.Length).Zip(biases, (weight, bias) => (double[])[.. weight, bias])];

        double[] Parameter(string kind) => ToArray(term.Learnt.state_dict()[$"{name}.{kind}"].detach());
    }

    private static Dictionary<string, Tensor> Named(BatchFeature[] features) =>
        features.ToDictionary(feature => feature.Shape.Name, feature => feature.Shaped);
}
