using Stillhouse.Messages.Specs;
using static Stillhouse.Distillation.Tests.Arrays;

namespace Stillhouse.Distillation.Tests.Losses.Terms;

/// <summary>Every loss in plain arrays and double precision, written from the papers' formulas.</summary>
internal static class ArrayLosses
{
    public static double Of(LossSpec spec, double[][] student, double[][] teacher, long[] labels, double temperature, double smoothing)
    {
        var (t, p, q) = (temperature, At(teacher, temperature), At(student, temperature));
        return spec switch
        {
            KdLossSpec => t * t * Mean(p, q, Kl),
            ReverseKlLossSpec => t * t * Mean(q, p, Kl),
            JsdLossSpec jsd => t * t * Mean(p, q, (a, b) => Jsd(a, b, jsd.Beta)),
            DkdLossSpec dkd => t * t * labels.Index().Average(row => Dkd(p[row.Index], q[row.Index], row.Item, dkd)),
            DistLossSpec dist => t * t * ((dist.Beta * (1 - Mean(p, q, Pearson))) + (dist.Gamma * (1 - Mean(Turned(p), Turned(q), Pearson)))),
            LogitStandardisationLossSpec => t * t * Mean(At(teacher.Select(Standardised), t), At(student.Select(Standardised), t), Kl),
            LogitMatchingLossSpec => Mean(teacher, student, MeanSquare) / 2,
            LabelsLossSpec => labels.Index().Average(row => CrossEntropy(Softmax(student[row.Index]), row.Item, smoothing)),
            _ => throw new ArgumentException($"No reference for {spec}.", nameof(spec)),
        };
    }

    private static double[][] At(IEnumerable<double[]> logits, double temperature) => [.. logits.Select(row => Softmax(row, temperature))];

    private static double Mean(double[][] x, double[][] y, Func<double[], double[], double> of) => x.Zip(y, of).Average();

    private static double[][] Turned(double[][] rows) => [.. rows[0].Select((_, column) => rows.Select(row => row[column]).ToArray())];

    private static double Jsd(double[] p, double[] q, double beta)
    {
        double[] mixture = [.. p.Zip(q, (a, b) => (beta * a) + ((1 - beta) * b))];
        return (beta * Kl(p, mixture)) + ((1 - beta) * Kl(q, mixture));
    }

    private static double Dkd(double[] p, double[] q, long label, DkdLossSpec spec)
    {
        double[] Binary(double[] of) => [of[label], 1 - of[label]];
        double[] Others(double[] of) => [.. of.Where((_, index) => index != label).Select(value => value / (1 - of[label]))];
        return (spec.Alpha * Kl(Binary(p), Binary(q))) + (spec.Beta * Kl(Others(p), Others(q)));
    }

    private static double Pearson(double[] x, double[] y)
    {
        double Covariance(double[] a, double[] b) => a.Zip(b, (u, v) => (u - a.Average()) * (v - b.Average())).Sum();
        return Covariance(x, y) / Math.Sqrt(Covariance(x, x) * Covariance(y, y));
    }

    private static double[] Standardised(double[] row)
    {
        var deviation = Math.Sqrt(row.Sum(value => Math.Pow(value - row.Average(), 2)) / (row.Length - 1));
        return [.. row.Select(value => (value - row.Average()) / (deviation + 1e-7))];
    }

    private static double MeanSquare(double[] x, double[] y) =>
        x.Zip(y, (a, b) => Math.Pow(a - x.Average() - (b - y.Average()), 2)).Average();

    private static double CrossEntropy(double[] q, long label, double smoothing) =>
        -q.Select((value, index) => ((index == label ? 1 - smoothing : 0) + (smoothing / q.Length)) * Math.Log(value)).Sum();
}
