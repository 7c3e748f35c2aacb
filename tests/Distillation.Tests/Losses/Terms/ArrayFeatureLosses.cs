using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Tests.Losses.Terms;

/// <summary>Every loss on features in plain arrays and double precision, written from the papers' formulas.</summary>
internal static class ArrayFeatureLosses
{
    /// <param name="student">One row per sample; the values of maps lie channel by channel.</param>
    /// <param name="places">Height times width of maps, 1 for units.</param>
    /// <param name="regressor">Of hint: for each channel of the teacher the weights of the student's channels, then the bias.</param>
    public static double Of(FeatureLossSpec spec, double[][] student, double[][] teacher, int places, double[][] regressor) => spec switch
    {
        HintLossSpec => MeanSquare(Mapped(student, places, regressor), teacher.SelectMany(row => row)),
        AttentionLossSpec => MeanSquare(Attention(student, places), Attention(teacher, places)),
        RkdLossSpec rkd => (rkd.Distance * MeanHuber(Distances(student), Distances(teacher)))
            + (rkd.Angle * MeanHuber(Cosines(student), Cosines(teacher))),
        SimilarityLossSpec => MeanSquare(Similarities(student), Similarities(teacher)),
        _ => throw new ArgumentException($"No reference for {spec}.", nameof(spec)),
    };

    private static IEnumerable<double> Mapped(double[][] rows, int places, double[][] regressor) =>
        from row in rows
        from output in regressor
        from place in Enumerable.Range(0, places)
        select output[^1] + Dot(output[..^1], [.. row.Chunk(places).Select(channel => channel[place])]);

    private static IEnumerable<double> Attention(double[][] rows, int places) => rows.SelectMany(row => Unit(
        [.. Enumerable.Range(0, places).Select(place => row.Chunk(places).Average(channel => channel[place] * channel[place]))]));

    private static double[] Distances(double[][] rows)
    {
        double[] distances = [.. from a in rows from b in rows select Norm(Minus(a, b))];
        var pairs = rows.Length * (rows.Length - 1);
        return pairs == 0 ? distances : [.. distances.Select(distance => distance * pairs / distances.Sum())];
    }

    private static IEnumerable<double> Cosines(double[][] rows) =>
        from vertex in rows
        from a in rows
        from b in rows
        select Dot(Unit(Minus(a, vertex)), Unit(Minus(b, vertex)));

    private static IEnumerable<double> Similarities(double[][] rows) =>
        rows.SelectMany(row => Unit([.. rows.Select(other => Dot(row, other))]));

    private static double MeanSquare(IEnumerable<double> x, IEnumerable<double> y) => x.Zip(y, (a, b) => (a - b) * (a - b)).Average();

    private static double MeanHuber(IEnumerable<double> x, IEnumerable<double> y) =>
        x.Zip(y, (a, b) => Math.Abs(a - b)).Average(error => error < 1 ? error * error / 2 : error - 0.5);

    private static double[] Minus(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a - b)];

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private static double Norm(double[] x) => Math.Sqrt(Dot(x, x));

    private static double[] Unit(double[] x) => Norm(x) is var norm && norm == 0 ? x : [.. x.Select(value => value / norm)];
}
