using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Cli.Views;

/// <summary>
/// One line whenever a trial's state changes, an epoch ends, or a node comes or goes: for files, pipes and CI logs. Every
/// line begins with the time since the start.
/// </summary>
public sealed class PlainRunView(TextWriter output, TimeProvider clock) : IRunView
{
    private static readonly char[] WordEnds = [' ', ','];

    private readonly Lock _gate = new();
    private readonly TimeLeft _timeLeft = new(clock);
    private readonly long _started = clock.GetTimestamp();
    private readonly Dictionary<string, string> _states = [];
    private readonly Dictionary<string, int> _epochsDone = [];
    private HashSet<string> _nodes = [];
    private string? _sweep;

    public void Show(RunSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        lock (_gate)
        {
            ShowNodes(snapshot.Nodes);
            foreach (var trial in snapshot.Trials)
            {
                ShowTrial(trial, _timeLeft.Of(trial));
            }

            if (snapshot.Sweep is { Proposed: > 0 } sweep && Words.Of(sweep) is var line && line != _sweep)
            {
                _sweep = line;
                Write(line);
            }
        }
    }

    public void Note(string line)
    {
        lock (_gate)
        {
            Write(line);
        }
    }

    private void ShowNodes(IReadOnlyList<NodeSnapshot> nodes)
    {
        foreach (var node in nodes.Where(node => !_nodes.Contains(node.Node)))
        {
            Write($"node {node.Node} joined ({string.Join(", ", node.Roles)})");
        }

        var present = nodes.Select(node => node.Node).ToHashSet();
        foreach (var gone in _nodes.Except(present))
        {
            Write($"node {gone} left");
        }

        _nodes = present;
    }

    private void ShowTrial(TrialSnapshot trial, TimeSpan? left)
    {
        if (trial.Progress is { } progress && EpochsDone(progress) is var epochs && epochs > _epochsDone.GetValueOrDefault(trial.Name))
        {
            _epochsDone[trial.Name] = epochs;
            Write($"{trial.Name}: {Epoch(progress, epochs, left)}");
        }

        var state = Words.State(trial);
        if (IsNews(_states.GetValueOrDefault(trial.Name, ""), state))
        {
            Write($"{trial.Name}: {state}");
        }

        _states[trial.Name] = state;
    }

    /// <summary>Whether the state says more than the one before; waiting for fewer trials than before is none.</summary>
    private static bool IsNews(string before, string state) => state.Split(WordEnds).Except(before.Split(WordEnds)).Any();

    private static int EpochsDone(TrialProgress progress) =>
        progress.Steps > 0 && progress.Step == progress.Steps ? progress.Epochs : progress.Epoch - 1;

    private static string Epoch(TrialProgress progress, int epochs, TimeSpan? left)
    {
        string?[] facts =
        [
            $"epoch {epochs}/{progress.Epochs}",
            progress.Loss is { } loss ? $"loss {Words.Loss(loss)}" : null,
            progress.Validation is { } accuracy ? $"validation {Words.Percent(accuracy)}" : null,
            $"{Words.Count(progress.SamplesPerSecond)} samples/s",
            progress.WaitShare > 0 ? $"waiting {Words.Percent(progress.WaitShare)}" : null,
            left is { } time && epochs < progress.Epochs ? $"{Words.Duration(time)} left" : null,
        ];
        return string.Join(", ", facts.OfType<string>());
    }

    private void Write(string line)
    {
        output.WriteLine($"{Words.Duration(clock.GetElapsedTime(_started))} {line}");
        output.Flush();
    }
}
