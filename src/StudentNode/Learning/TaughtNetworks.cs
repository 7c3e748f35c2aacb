using Stillhouse.Distillation.Losses.Terms;
using Stillhouse.Messages.Trials;
using static TorchSharp.torch;

namespace Stillhouse.StudentNode.Learning;

/// <summary>The networks of a trial, as its loss compares them.</summary>
internal static class TaughtNetworks
{
    /// <param name="network">The one that learns.</param>
    public static ComparedNetworks Of(ITaughtWork work, NetworkTraining network) =>
        new(network.Model.Features, [.. work.Teachers.Select(teacher => teacher.Features)], network.Seed, CPU);
}
