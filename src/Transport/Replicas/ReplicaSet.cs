using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Flow;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Replicas;

/// <summary>
/// All replicas of one teacher as one source. A lesson is asked of the one that is expected to answer first; where that one
/// is slow, of another as well; where it fails, of another. While nobody answers, lessons wait, and observers hear of it:
/// only the asker or disposal end the wait.
/// </summary>
public sealed class ReplicaSet : ITargetSource, IAsyncDisposable
{
    private readonly Dictionary<ReplicaEndpoint, LineKeeper> _keepers = [];
    private readonly Lock _moving = new();
    private readonly CancellationTokenSource _disposing = new();
    private readonly CancellationToken _disposed;
    private readonly Func<ReplicaEndpoint, LineKeeper> _keeper;
    private readonly Roster _roster;
    private readonly SeatQueue _seats;
    private readonly Asking _asking;

    /// <param name="agreement">Teacher, dataset and codec, the same for all replicas.</param>
    /// <param name="inputs">A lesson's samples as its view shows them; not used unless the agreement is to ship them.</param>
    /// <param name="budget">The node's, for all its sets.</param>
    internal ReplicaSet(
        LineAgreement agreement,
        Func<Lesson, ReadOnlyMemory<byte>> inputs,
        ILineOpener opener,
        ByteBudget budget,
        ReplicaOptions options,
        LessonMetrics metrics,
        TimeProvider time)
    {
        _disposed = _disposing.Token;
        _roster = new Roster(agreement, options, Observers);
        _seats = new SeatQueue(_roster);
        var outcomes = new Outcomes(_roster, agreement, options, metrics, Observers);
        _asking = new Asking(_seats, outcomes, agreement.ShipsInputs ? inputs : _ => default, budget, options, time);
        _keeper = endpoint => new LineKeeper(new Replica(endpoint, time), opener, agreement, _roster, options, time);
    }

    internal TeacherObservers Observers { get; } = new();

    /// <summary>
    /// From now on these replicas are asked, and no others. New ones are opened at once; the open lessons of those that are
    /// no longer there are asked elsewhere. One that answered wrongly is not asked again, even if it comes back.
    /// </summary>
    public void Move(IReadOnlyCollection<ReplicaEndpoint> replicas)
    {
        ArgumentNullException.ThrowIfNull(replicas);
        lock (_moving)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            foreach (var (endpoint, keeper) in _keepers)
            {
                if (keeper.IsOpen && !replicas.Contains(endpoint))
                {
                    keeper.Close();
                }
            }

            foreach (var endpoint in replicas)
            {
                if (!_keepers.TryGetValue(endpoint, out var keeper))
                {
                    _keepers[endpoint] = keeper = _keeper(endpoint);
                }

                if (!keeper.IsOpen)
                {
                    keeper.Open();
                }
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The set is disposed while the lesson is open.</exception>
    public async Task<TargetAnswer> AskAsync(Lesson lesson, CancellationToken cancellation) =>
        (await AskReplicaAsync(lesson, cancellation).ConfigureAwait(false)).Targets;

    /// <summary>Every replica that was ever asked.</summary>
    /// <param name="teacher">The name to give the teacher.</param>
    public IReadOnlyList<ReplicaReport> Report(string teacher)
    {
        lock (_moving)
        {
            return _roster.Report(_keepers.Values.Select(keeper => keeper.Replica), teacher);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_moving)
        {
            if (_disposed.IsCancellationRequested)
            {
                return;
            }

            _disposing.Cancel();
        }

        await Task.WhenAll(_keepers.Values.Select(keeper => keeper.DisposeAsync().AsTask())).ConfigureAwait(false);
        await _asking.DrainAsync().ConfigureAwait(false);
        _disposing.Dispose();
    }

    internal async Task<ReplicaAnswer> AskReplicaAsync(Lesson lesson, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        using var question = new Question(lesson);
        using var cancelled = cancellation.UnsafeRegister(_ => question.Cancel(cancellation), null);
        using var disposed = _disposed.UnsafeRegister(_ => question.Fail(new ObjectDisposedException(nameof(ReplicaSet))), null);
        _seats.Enter();
        try
        {
            _ = _asking.PursueAsync(question);
            return await question.Answer.ConfigureAwait(false);
        }
        finally
        {
            _seats.Exit();
        }
    }
}
