using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>
/// Compares modules of the student with modules of each teacher: the sum over the pairs of modules, the mean over the teachers by
/// their shares.
/// </summary>
/// <param name="spec">Names the modules.</param>
internal abstract class FeatureTerm(FeatureLossSpec spec) : ILossTerm
{
    public virtual nn.Module? Learnt => null;

    public Tensor Value(LossInputs inputs) => (
        from teacher in inputs.TeacherFeatures
        from pair in spec.Pairs
        select teacher.Share * Distance(new FeaturePair(
            teacher.Index, pair.Student, pair.Teacher, inputs.StudentFeatures[pair.Student], teacher.Features[pair.Teacher])))
        .Aggregate((sum, distance) => sum + distance);

    /// <summary>A scalar, averaged over the batch.</summary>
    protected abstract Tensor Distance(FeaturePair pair);
}

/// <summary>What two modules make of a batch: <c>[B, units]</c>, or <c>[B, channels, height, width]</c>.</summary>
/// <param name="TeacherIndex">The teacher's position in the feed.</param>
internal sealed record FeaturePair(int TeacherIndex, string StudentModule, string TeacherModule, Tensor Student, Tensor Teacher);
