using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Transport.Channels;

namespace Stillhouse.Transport.Replicas;

/// <summary>
/// The replicas that belong to a set and what is known of them. Guards all state of the set with <see cref="Gate"/>;
/// nothing in here waits.
/// </summary>
internal sealed class Roster(LineAgreement agreement, ReplicaOptions options, TeacherObservers observers)
{
    private readonly List<Replica> _members = [];
    private int? _width;

    public Lock Gate { get; } = new();

    /// <summary>Called under the gate whenever a replica came, went, or can or cannot be asked any more.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>Whether any replica has room for a lesson.</summary>
    public bool HasRoom =>
        _members.Exists(replica => replica.Line is not null && ReplicaChoice.HasRoom(replica.Load, bytes: 0, options));

    /// <summary>Whether nobody can be asked, and nobody is being called for the first time.</summary>
    public bool IsHopeless => !_members.Exists(replica => replica.IsNew || replica.Line is not null);

    /// <summary>A replica whose line is about to be opened.</summary>
    public void Join(Replica replica)
    {
        lock (Gate)
        {
            _members.Add(replica);
            if (!replica.IsQuarantined)
            {
                (replica.IsNew, replica.Trouble) = (true, null);
            }
        }
    }

    /// <summary>A replica that is not to be asked any more.</summary>
    public void Dismiss(Replica replica)
    {
        lock (Gate)
        {
            _members.Remove(replica);
            replica.Line = null;
            Changed();
        }
    }

    /// <summary>The replica can be asked from now on.</summary>
    /// <exception cref="LessonRefusedException">Its rows are not as wide as those of the others.</exception>
    public void Opened(Replica replica, LiveLine line)
    {
        lock (Gate)
        {
            _width ??= line.Line.Width;
            if (line.Line.Width != _width)
            {
                throw new LessonRefusedException(
                    $"teacher '{agreement.TeacherName}' at {replica.Endpoint.Address.OriginalString} answers with {line.Line.Width} "
                    + $"values per sample, its other replicas with {_width}: it is another network, and is not asked.");
            }

            (replica.IsNew, replica.Line) = (false, line);
            Changed();
        }
    }

    /// <summary>The replica cannot be asked for the time being.</summary>
    public void Unreachable(Replica replica, string reason)
    {
        lock (Gate)
        {
            (replica.IsNew, replica.Line, replica.Trouble) = (false, null, reason);
            observers.Failed(replica.Endpoint, reason);
            Changed();
        }
    }

    /// <summary>The replica does not take this student.</summary>
    public void Refused(Replica replica, string reason)
    {
        lock (Gate)
        {
            (replica.IsNew, replica.Line, replica.Trouble) = (false, null, reason);
            observers.Refused(replica.Endpoint, reason);
            Changed();
        }
    }

    public bool IsQuarantined(Replica replica)
    {
        lock (Gate)
        {
            return replica.IsQuarantined;
        }
    }

    /// <summary>Who is to be asked, and what the answer will weigh in bytes; null if nobody has room. Under the gate.</summary>
    public (Replica Replica, long Bytes)? Choose(Question question)
    {
        if (_width is not { } width)
        {
            return null;
        }

        var bytes = (long)question.Lesson.Samples.Count * agreement.Codec.RowBytes(width);
        var able = _members.FindAll(replica =>
            replica.Line is not null && !question.OpenAt.Contains(replica) && !question.FailedAt.Contains(replica));
        var chosen = ReplicaChoice.Choose([.. able.Select(replica => replica.Load)], bytes, options);
        return chosen < 0 ? null : (able[chosen], bytes);
    }

    /// <summary>Whether everybody who can be asked has failed to answer the question. Under the gate.</summary>
    public bool HaveAllFailed(Question question)
    {
        var live = _members.FindAll(replica => replica.Line is not null);
        return live.Count > 0 && live.TrueForAll(question.FailedAt.Contains);
    }

    /// <summary>Says that lessons wait, and why. Under the gate.</summary>
    public void SayNobodyAnswers() => observers.Wait(
        _members.Count == 0
            ? $"teacher '{agreement.TeacherName}' has no replica at the moment"
            : $"no replica of teacher '{agreement.TeacherName}' answers: "
              + string.Join("; ", _members.Select(replica =>
                  $"{replica.Endpoint.Node}: {replica.Trouble ?? "its line is being opened"}")));

    public void SayNobodyWaits() => observers.Wait(null);

    public IReadOnlyList<ReplicaReport> Report(IEnumerable<Replica> replicas, string teacher)
    {
        lock (Gate)
        {
            return [.. replicas.Select(replica => replica.Report(teacher)).OfType<ReplicaReport>()];
        }
    }
}
