using Akka.Actor;
using Stillhouse.Coordinator.Ledger;
using Stillhouse.Messages;
using Stillhouse.Orchestration.Runs;
using Stillhouse.Orchestration.Specs;
using static Stillhouse.Messages.Runs.RunInquiries;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Coordinator.Runs;

/// <summary>Answers questions about a run that change nothing.</summary>
/// <param name="ledger">The run's persistence id.</param>
internal sealed class RunInquiryDesk(ActorSystem system, string ledger)
{
    /// <summary>Rows of a page: all together stay far below what a message may hold.</summary>
    private const int PageSize = 100;

    public Task<IProtocolMessage> AnswerAsync(IRunInquiry question, RunState state) => question switch
    {
        ListTrials list => Task.FromResult<IProtocolMessage>(TrialListings.Page(state, list.Skip, PageSize)),
        FindBest => Task.FromResult<IProtocolMessage>(TrialListings.Best(state, PageSize)),
        ReadHistory { Trial: { } trial } read when state.Trials.Find(trial) is null => Task.FromResult<IProtocolMessage>(
            new TrialUnknown(read.Run, trial, [.. Nearest.All(trial, state.Trials.Select(known => known.Key)).Take(3)])),
        ReadHistory read => ReadAsync(read, state),
        _ => throw new ArgumentOutOfRangeException(nameof(question), question.GetType().Name, "No answer to this question is defined."),
    };

    private async Task<IProtocolMessage> ReadAsync(ReadHistory read, RunState state)
    {
        try
        {
            var lines = await RunHistories.ReadAsync(system, ledger, read.After);
            return new History(
                read.Run,
                [.. lines.Where(line => read.Trial is null || line.Trial == read.Trial)],
                lines.Count > 0 ? lines[^1].Number : read.After,
                IsAll: lines.Count < RunHistories.PageSize,
                IsOver: !state.IsOpen);
        }
        catch (Exception e)
        {
            return new RunRefused(read.Run, $"the ledger cannot be read now: {e.Message}");
        }
    }
}
