using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Running;

/// <summary>How a run ended.</summary>
public abstract record RunEnd
{
    private RunEnd()
    {
    }

    /// <summary>It has results.</summary>
    /// <param name="Report">Every figure of the run.</param>
    /// <param name="ArtifactFolder">Holds the weights of every digest in the report as <c>&lt;hex&gt;.safetensors</c>.</param>
    public sealed record Completed(RunReport Report, string ArtifactFolder) : RunEnd;

    /// <summary>It has none.</summary>
    /// <param name="Reason">The cause in one line.</param>
    /// <param name="LogFolder">Where the details are.</param>
    public sealed record Failed(string Reason, string LogFolder) : RunEnd;

    /// <summary>It was interrupted, and everything it had started has ended.</summary>
    public sealed record Cancelled : RunEnd;
}
