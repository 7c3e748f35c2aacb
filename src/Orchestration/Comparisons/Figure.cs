using Stillhouse.Messages.Reports;

namespace Stillhouse.Orchestration.Comparisons;

/// <summary>What a figure counts.</summary>
public enum FigureUnit
{
    /// <summary>A share, shown as a percentage.</summary>
    Share,

    /// <summary>Test samples.</summary>
    Samples,

    /// <summary>A number by itself.</summary>
    Number,
}

/// <summary>One figure of a run's student.</summary>
/// <param name="Name">As <c>report.json</c> has it.</param>
/// <param name="Title">As tables have it.</param>
/// <param name="Of">Null where a report has none.</param>
public sealed record Figure(string Name, string Title, FigureUnit Unit, Func<DistilledReport, double?> Of)
{
    /// <summary>All that are compared, in the order of tables.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new("accuracy", "accuracy", FigureUnit.Share, student => student.Accuracy),
        new("errors", "errors", FigureUnit.Samples, student => student.Errors),
        new("balancedAccuracy", "balanced accuracy", FigureUnit.Share, student => student.BalancedAccuracy),
        new("negativeLogLikelihood", "NLL", FigureUnit.Number, student => student.NegativeLogLikelihood),
        new("expectedCalibrationError", "ECE", FigureUnit.Number, student => student.ExpectedCalibrationError),
        new("agreement", "agreement", FigureUnit.Share, student => student.Agreement),
        new("meanKl", "KL", FigureUnit.Number, student => student.MeanKl),
        new("gapClosed", "gap closed", FigureUnit.Share, student => student.GapClosed),
    ];
}
