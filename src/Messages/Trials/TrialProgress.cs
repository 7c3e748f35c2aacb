namespace Stillhouse.Messages.Trials;

/// <summary>Where a trial stands.</summary>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Step">Steps done over all epochs.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">Mean training loss since the last report; null before the first step.</param>
/// <param name="Validation">Accuracy on the validation split after the last complete epoch, 0 to 1.</param>
/// <param name="SamplesPerSecond">Speed since the last report.</param>
/// <param name="WaitShare">Share of the time since the last report spent waiting for teachers.</param>
/// <param name="Complete">Complete epochs.</param>
/// <param name="Curve">Accuracies on the validation split after the last complete epochs, the newest last: a few of them, so that
/// a lost report loses none.</param>
public sealed record TrialProgress(
    int Epoch,
    int Epochs,
    long Step,
    long Steps,
    double? Loss,
    double? Validation,
    double SamplesPerSecond,
    double WaitShare,
    int Complete = 0,
    IReadOnlyList<double>? Curve = null)
{
    /// <summary>The epochs of <see cref="Curve"/>, from 1, with their accuracies.</summary>
    public IEnumerable<(int Epoch, double Accuracy)> Measured() =>
        (Curve ?? []).Select((accuracy, index) => (Complete - Curve!.Count + index + 1, accuracy));
}
