using Microsoft.Extensions.Time.Testing;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Serving;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses;

public class DistillObjectiveTests
{
    private static readonly DistillationSpec Spec = new() { Temperature = 4, Alpha = 0.9 };
    private static readonly Lesson Lesson = new(7, Split.Train, [4, 2]);
    private static readonly double[][] First = Logits(1, 2, 3);
    private static readonly double[][] Second = Logits(2, 2, 3);
    private static readonly double[][] Student = Logits(3, 2, 3);

    [Fact]
    public void Loss_AnswersOfTwoTeachers_IsTheKdLossAgainstTheirEnsemble()
    {
        using var scope = NewDisposeScope();
        var labels_B = tensor(new long[] { 0, 2 });
        var student_BC = ToTensor(Student, ScalarType.Float32);
        var wire = new WireLogits([.. Second.SelectMany(row => row).Select(value => (float)value)], 3);
        var time = new FakeTimeProvider();
        var feed = new ScriptedFeed(
            time, TimeSpan.FromMilliseconds(30), _ => [new TensorLogits(ToTensor(First, ScalarType.Float32)), wire]);
        var objective = new DistillObjective(Spec, feed, time);

        var loss = objective.Loss(Lesson, student_BC, labels_B, CancellationToken.None);

        Tensor[] teachers = [ToTensor(First, ScalarType.Float32), ToTensor(Second, ScalarType.Float32)];
        var expected = KdLoss.Of(EnsembleTargets.MeanProbabilities(teachers, 4), student_BC, labels_B, 4, 0.9);
        loss.item<float>().ShouldBe(expected.item<float>());
        objective.Waited.ShouldBe(TimeSpan.FromMilliseconds(30));
        wire.IsDisposed.ShouldBeTrue();
        Should.Throw<ObjectDisposedException>(() => feed.Handed[0].Logits.Values.Length);
    }

    [Fact]
    public void Loss_WhenCombiningFails_StillDisposesTheAnswers()
    {
        using var scope = NewDisposeScope();
        var time = new FakeTimeProvider();
        WireLogits[] unequal = [new([1, 2, 3], 3), new([1, 2], 2)];
        var objective = new DistillObjective(Spec, new ScriptedFeed(time, TimeSpan.Zero, _ => unequal), time);

        Should.Throw<Exception>(() => objective.Loss(Lesson, ToTensor(Student), tensor(new long[] { 0, 2 }), CancellationToken.None));

        unequal.ShouldAllBe(logits => logits.IsDisposed);
    }
}
