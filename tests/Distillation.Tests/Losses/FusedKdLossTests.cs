using CsCheck;
using Stillhouse.Distillation.Losses;
using static Stillhouse.Distillation.Tests.Arrays;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Losses;

public sealed class FusedKdLossTests
{
    private static readonly Gen<(int Rows, int Classes, int Seed, double Temperature, double Alpha, double Size)> Any =
        Gen.Select(Gen.Int[1, 20], Gen.Int[2, 70], Gen.Int, Gen.Double[0.5, 20], Gen.Double[0, 1], Gen.Double[0.1, 30]);

    [Fact]
    public void Of_AnyBatch_HasTheValueAndTheGradientOfTheFormula() => Any.Sample(of =>
    {
        using var scope = NewDisposeScope();
        var teacher_BC = nn.functional.log_softmax(Random(of.Seed, of) / of.Temperature, 1);
        var labels_B = randint(0, of.Classes, [of.Rows], generator: Seeded(of.Seed));
        var (fused_BC, exact_BC) = (Random(of.Seed + 1, of).requires_grad_(), Random(of.Seed + 1, of).to(ScalarType.Float64).requires_grad_());

        var fused = FusedKdLoss.Of(teacher_BC, fused_BC, labels_B, of.Temperature, of.Alpha);
        var exact = KdLoss.WithLabels(
            KdLoss.Soft(nn.functional.log_softmax(teacher_BC.to(ScalarType.Float64), 1), exact_BC, of.Temperature), exact_BC, labels_B, of.Alpha, smoothing: 0);
        (fused * 3).backward();
        (exact * 3).backward();

        var value = exact.item<double>();
        fused.item<float>().ShouldBe((float)value, 1e-6 * Math.Max(1, value));
        var (ours, formula) = (ToArray(fused_BC.grad!), ToArray(exact_BC.grad!));
        ours.Zip(formula).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-6 * Math.Max(1, Math.Abs(pair.Second)));
    });

    [Fact]
    public void Of_LogitsThatAreNotNumbers_IsNotANumber()
    {
        using var scope = NewDisposeScope();
        var logits_BC = tensor(new[,] { { 0, float.NaN }, { 0, 1 } });
        var teacher_BC = nn.functional.log_softmax(zeros(2, 2), 1);

        float.IsNaN(FusedKdLoss.Of(teacher_BC, logits_BC, tensor(new long[] { 0, 1 }), 4, 0.9).item<float>()).ShouldBeTrue();
    }

    [Fact]
    public void Fits_OnlyWhatThePassCanRead()
    {
        using var scope = NewDisposeScope();
        var logits_BC = zeros(128, 256);

        FusedKdLoss.Fits(logits_BC, logits_BC).ShouldBeTrue();
        FusedKdLoss.Fits(logits_BC, logits_BC.to(ScalarType.Float64)).ShouldBeFalse();
        FusedKdLoss.Fits(logits_BC.to(ScalarType.Float64), logits_BC).ShouldBeFalse();
        FusedKdLoss.Fits(logits_BC, zeros(256, 128).t()).ShouldBeFalse();
        FusedKdLoss.Fits(zeros(129, 256), zeros(129, 256)).ShouldBeFalse();
    }

    private static Tensor Random(int seed, (int Rows, int Classes, int, double, double, double Size) of) =>
        randn([of.Rows, of.Classes], generator: Seeded(seed)) * of.Size;

    private static Generator Seeded(int seed) => new((ulong)(uint)seed, CPU);
}
