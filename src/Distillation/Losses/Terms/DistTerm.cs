using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>
/// <c>T² · (β·(1 - ρ_rows) + γ·(1 - ρ_columns))</c>: ρ is Pearson's correlation of the probabilities at T, averaged over the
/// samples (relations between classes) or over the classes (relations between samples) (Huang et al., 2205.10536, 3; T² as in
/// their code).
/// </summary>
/// <param name="beta">β, at least 0.</param>
/// <param name="gamma">γ, at least 0.</param>
internal sealed class DistTerm(double beta, double gamma) : ILossTerm
{
    /// <summary>Rows that vary less have no correlation; their code adds it to every denominator.</summary>
    private const double LeastVariation = 1e-8;

    public Tensor Value(LossInputs inputs)
    {
        var (teacher_BC, student_BC) = (inputs.Teacher_BC.exp(), inputs.StudentAtTemperature().exp());
        var distance = (beta * (1 - Pearson(teacher_BC, student_BC))) + (gamma * (1 - Pearson(teacher_BC.t(), student_BC.t())));
        return distance * (inputs.Temperature * inputs.Temperature);
    }

    /// <summary>The mean over rows of their correlation.</summary>
    private static Tensor Pearson(Tensor x, Tensor y)
    {
        var (centredX, centredY) = (x - x.mean([1], keepdim: true), y - y.mean([1], keepdim: true));
        var variation = centredX.norm(1) * centredY.norm(1);
        return ((centredX * centredY).sum(1) / variation.clamp_min(LeastVariation)).mean();
    }
}
