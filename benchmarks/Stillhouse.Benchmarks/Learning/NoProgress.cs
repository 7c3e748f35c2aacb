using Stillhouse.Messages.Trials;

namespace Stillhouse.Benchmarks.Learning;

/// <summary>Nobody watches a training that is measured.</summary>
internal sealed class NoProgress : IProgress<TrialProgress>
{
    public void Report(TrialProgress value)
    {
    }
}
