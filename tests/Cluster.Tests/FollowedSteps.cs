using Stillhouse.Messages.Trials;

namespace Stillhouse.Cluster.Tests;

/// <summary>Follows a training on its own thread, and may stop it after a step.</summary>
internal sealed class FollowedSteps(long? stopAt = null, CancellationTokenSource? stopping = null) : IProgress<TrialProgress>
{
    public long? First { get; private set; }

    public void Report(TrialProgress value)
    {
        First ??= value.Step;
        if (value.Step == stopAt)
        {
            stopping!.Cancel();
        }
    }
}
