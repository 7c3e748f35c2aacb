using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Teachers;

namespace Stillhouse.Transport.Replicas;

/// <summary>What a set knows of one replica; guarded by the <see cref="Roster"/>.</summary>
internal sealed class Replica(ReplicaEndpoint endpoint, TimeProvider time)
{
    private readonly LatencyHistogram _latency = new();
    private ServiceTime _service;
    private long _answers;
    private long _lastUsed = time.GetTimestamp();
    private long _asked;
    private long _hedged;
    private long _failures;

    public ReplicaEndpoint Endpoint => endpoint;

    /// <summary>Null while it cannot be asked.</summary>
    public LiveLine? Line
    {
        get;
        set => (field, _answers) = (value, 0);
    }

    /// <summary>It has not been found out yet whether it can be asked.</summary>
    public bool IsNew { get; set; }

    public bool IsQuarantined { get; set; }

    /// <summary>What went wrong last; null as long as nothing has.</summary>
    public string? Trouble { get; set; }

    public int OpenLessons { get; private set; }

    public long OpenBytes { get; private set; }

    public ReplicaLoad Load => new(
        OpenLessons, OpenBytes, _answers, OpenLessons == 0 ? _service.AfterIdle(time.GetElapsedTime(_lastUsed)) : _service);

    /// <summary>Null until there are enough answers for percentiles to say something.</summary>
    public TimeSpan? P95 => _latency.Count < Hedging.EnoughAnswers ? null : _latency.Percentile(0.95);

    /// <summary>How long so many bytes take it; null if nothing is known.</summary>
    public TimeSpan? Expected(long openBytes) => _service.Expected(openBytes);

    public void Open(long bytes)
    {
        _service = Load.Service;
        OpenLessons++;
        OpenBytes += bytes;
        _asked++;
    }

    public void Close(long bytes)
    {
        OpenLessons--;
        OpenBytes -= bytes;
        _lastUsed = time.GetTimestamp();
    }

    public void Answered(TimeSpan latency, long openBytes)
    {
        _answers++;
        _latency.Add(latency);
        _service = _service.Answered(latency, openBytes);
        Trouble = null;
    }

    public void GivenUp(TimeSpan waited, long openBytes) => _service = _service.GivenUp(waited, openBytes);

    public void Hedged() => _hedged++;

    public void Failed() => _failures++;

    /// <summary>Null if it was never asked.</summary>
    public ReplicaReport? Report(string teacher) => _asked == 0
        ? null
        : new ReplicaReport(
            teacher,
            endpoint.Node,
            _latency.Count,
            _latency.Percentile(0.5)?.TotalMilliseconds,
            _latency.Percentile(0.95)?.TotalMilliseconds,
            _latency.Percentile(0.99)?.TotalMilliseconds,
            _hedged,
            _failures);
}
