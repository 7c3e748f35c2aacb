namespace Stillhouse.Benchmarks.Peers;

/// <summary>The part of a benchmark that another process plays.</summary>
internal interface IPeer : IAsyncDisposable
{
    /// <summary>Where it can be reached, in one line.</summary>
    string Address { get; }

    /// <summary>Answers one line with one line.</summary>
    string Answer(string question);
}
