using System.Globalization;
using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Views;

/// <summary>What there is to say of one network beside its accuracy.</summary>
internal static class MeasurementLines
{
    public static IEnumerable<string> Of(Measurement measured)
    {
        if (measured is { BalancedAccuracy: { } balanced, NegativeLogLikelihood: { } likelihood })
        {
            yield return Invariant($"balanced accuracy {Words.Percent(balanced)}, NLL {likelihood:F4} nats");
        }

        if (measured is { CalibrationTemperature: { } temperature, CalibratedError: { } error })
        {
            yield return Invariant($"ECE {error:F4} at temperature {temperature:F2}, which the validation samples ask for");
        }

        if (measured.Recall is { } recall)
        {
            yield return $"recall: {string.Join(", ", recall.Select((share, label) => $"{label} {RecallLines.Share(share)}"))}";
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
