namespace Stillhouse.Messages.Trials;

/// <summary>The right to work on a trial. One node has it at a time; what is reported under an earlier one counts no longer.</summary>
/// <param name="Node">The node that has it.</param>
/// <param name="Number">From 1; it goes up whenever the trial is handed out.</param>
public sealed record TrialLease(string Node, int Number);
