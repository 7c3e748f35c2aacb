using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Running;

/// <summary>How a run ended.</summary>
public abstract record RunEnd
{
    private RunEnd()
    {
    }

    /// <summary>It has results; the weights of every digest in the report are in the run's artifact store.</summary>
    public sealed record Completed(RunReport Report) : RunEnd;

    /// <summary>It has none; the cause in one line.</summary>
    public sealed record Failed(string Reason) : RunEnd;

    /// <summary>It was interrupted, and everything it had started has ended.</summary>
    public sealed record Cancelled : RunEnd;
}
