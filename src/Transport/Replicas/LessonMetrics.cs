using System.Diagnostics.Metrics;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Flow;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Replicas;

/// <summary>What a student node measures about its lessons, under the meter <see cref="MeterName"/>.</summary>
public sealed class LessonMetrics : IDisposable
{
    public const string MeterName = "Stillhouse.Lessons";

    private const string Lesson = "{lesson}";
    private const string Bytes = "By";

    private readonly Meter _meter;
    private readonly Counter<long> _asked;
    private readonly Counter<long> _answered;
    private readonly Counter<long> _hedged;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _received;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _wait;

    public LessonMetrics(IMeterFactory meters, ByteBudget budget)
    {
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentNullException.ThrowIfNull(budget);
        _meter = meters.Create(MeterName);
        _asked = _meter.CreateCounter<long>("stillhouse.lessons.asked", Lesson, "Lessons that a replica was asked.");
        _answered = _meter.CreateCounter<long>("stillhouse.lessons.answered", Lesson, "Lessons that a replica answered.");
        _hedged = _meter.CreateCounter<long>(
            "stillhouse.lessons.hedged", Lesson, "Lessons that another replica was asked as well because this one was slow.");
        _failed = _meter.CreateCounter<long>(
            "stillhouse.lessons.failed", Lesson, "Lessons that a replica failed to answer and that were asked elsewhere.");
        _quarantined = _meter.CreateCounter<long>(
            "stillhouse.lessons.quarantined", "{replica}", "Replicas that answered wrongly and are asked no more.");
        _received = _meter.CreateCounter<long>("stillhouse.lessons.received", Bytes, "Soft targets that came over the network.");
        _latency = _meter.CreateHistogram<double>("stillhouse.lessons.latency", "s", "From a question to its whole answer.");
        _wait = _meter.CreateHistogram<double>("stillhouse.lessons.wait", "s", "How long a trial waited for a batch's targets.");
        _meter.CreateObservableUpDownCounter(
            "stillhouse.lessons.in_flight", () => budget.InFlight, Bytes, "Soft targets that were asked for and have not come.");
    }

    /// <summary>A trial waited for a batch.</summary>
    public void Waited(TimeSpan time) => _wait.Record(time.TotalSeconds);

    public void Dispose() => _meter.Dispose();

    internal void Asked(string teacher, ReplicaEndpoint replica) => _asked.Add(1, Teacher(teacher), Node(replica));

    internal void Answered(string teacher, ReplicaEndpoint replica, TargetAnswer answer, TimeSpan latency)
    {
        _answered.Add(1, Teacher(teacher), Node(replica), new("origin", answer.Origin.ToString()));
        _latency.Record(latency.TotalSeconds, Teacher(teacher), Node(replica));
        if (!replica.IsInProcess())
        {
            _received.Add(answer.Targets.Bytes.Length, Teacher(teacher), Node(replica));
        }
    }

    internal void Hedged(string teacher, ReplicaEndpoint slow) => _hedged.Add(1, Teacher(teacher), Node(slow));

    internal void Failed(string teacher, ReplicaEndpoint replica) => _failed.Add(1, Teacher(teacher), Node(replica));

    internal void Quarantined(string teacher, ReplicaEndpoint replica) => _quarantined.Add(1, Teacher(teacher), Node(replica));

    private static KeyValuePair<string, object?> Teacher(string teacher) => new("teacher", teacher);

    private static KeyValuePair<string, object?> Node(ReplicaEndpoint replica) => new("node", replica.Node);
}
