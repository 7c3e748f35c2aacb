using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>The networks whose features a loss compares.</summary>
/// <param name="Student">What it has.</param>
/// <param name="Teachers">What each teacher is asked for besides its logits, in the order of the feed.</param>
/// <param name="Seed">Of what terms learn besides the student.</param>
/// <param name="Device">Where the student lives.</param>
public sealed record ComparedNetworks(
    IReadOnlyList<FeatureShape> Student, IReadOnlyList<IReadOnlyList<FeatureShape>> Teachers, long Seed, Device Device)
{
    /// <summary>Logits are all that is compared.</summary>
    public static ComparedNetworks None { get; } = new([], [], Seed: 0, CPU);

    /// <summary>What follows the logits in every row of a teacher.</summary>
    public IReadOnlyList<FeatureShape> Of(int teacher) => Teachers.Count > 0 ? Teachers[teacher] : [];
}
