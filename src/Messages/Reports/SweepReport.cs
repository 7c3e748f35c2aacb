using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Sweeps;

namespace Stillhouse.Messages.Reports;

/// <summary>What a sweep tried.</summary>
/// <param name="Best">The trial whose student is the run's: the best by the first objective.</param>
/// <param name="Front">The trials that no other is better than in every objective.</param>
/// <param name="EpochsTrained">By all trials together.</param>
/// <param name="EpochsInFull">What they would have trained if none had been stopped early.</param>
/// <param name="ForwardsComputed">Samples that teachers computed because a trial that finished asked.</param>
/// <param name="ForwardsSaved">Samples that those trials were given beyond them.</param>
public sealed record SweepReport(
    string Best,
    IReadOnlyList<string> Objectives,
    IReadOnlyList<string> Front,
    long EpochsTrained,
    long EpochsInFull,
    long ForwardsComputed,
    long ForwardsSaved,
    IReadOnlyList<SweptReport> Trials);

/// <summary>One trial of a sweep.</summary>
/// <param name="Epochs">That it trained.</param>
/// <param name="Accuracy">On the validation split after the last of them, 0 to 1; null before the first.</param>
/// <param name="Parameters">Null, as the following, unless it finished.</param>
/// <param name="Digest">The content address of its weights.</param>
public sealed record SweptReport(
    string Trial,
    Assignment Assignment,
    TrialStatus Status,
    int Epochs,
    double? Accuracy,
    long? Parameters,
    double? LatencyMilliseconds,
    Digest? Digest);
