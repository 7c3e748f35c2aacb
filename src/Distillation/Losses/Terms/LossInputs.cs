using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>What the terms of a loss compare in one step.</summary>
/// <param name="Student_BC">The student's logits, <c>[B, C]</c>.</param>
/// <param name="Labels_B"><c>[B]</c>, 64-bit integers.</param>
/// <param name="Smoothing">The share of each label that is spread over all classes, 0 to below 1.</param>
/// <param name="Temperature">T of this step, above 0.</param>
public sealed record LossInputs(Tensor Student_BC, Tensor Labels_B, double Smoothing, double Temperature)
{
    /// <summary>
    /// Logarithms of the teachers' common probabilities at T, <c>[B, C]</c>. Times T they are logits, up to a constant per row.
    /// </summary>
    /// <exception cref="InvalidOperationException">The teachers keep probabilities of some classes only.</exception>
    public Tensor Teacher_BC
    {
        get => field ?? throw new InvalidOperationException("The loss needs every class, and the teachers' codec keeps some.");
        init;
    }

    /// <summary>One per teacher, where they keep probabilities of some classes only; empty where <see cref="Teacher_BC"/> is there.</summary>
    public IReadOnlyList<KeptClasses> Kept { get; init; } = [];

    /// <summary>What the student's modules make of the batch, by name, where terms look at them.</summary>
    public IReadOnlyDictionary<string, Tensor> StudentFeatures { get; init; } = new Dictionary<string, Tensor>();

    /// <summary>One per teacher that answered, where terms look at them.</summary>
    public IReadOnlyList<TeacherFeatures> TeacherFeatures { get; init; } = [];

    /// <summary>Logarithms of the student's probabilities at T, <c>[B, C]</c>.</summary>
    public Tensor StudentAtTemperature() => nn.functional.log_softmax(Student_BC / Temperature, 1);

    /// <summary>A divergence of distributions at T, made independent of T and averaged over the batch.</summary>
    /// <param name="divergence">Summed over the batch.</param>
    public Tensor Scaled(Tensor divergence) => divergence * (Temperature * Temperature / Student_BC.shape[0]);
}

/// <summary>What modules of one teacher make of the batch, by name: <c>[B, units]</c> or <c>[B, channels, height, width]</c>.</summary>
/// <param name="Index">The teacher's position in the feed.</param>
/// <param name="Share">Its weight among those that answered, 0 to 1.</param>
public sealed record TeacherFeatures(int Index, double Share, IReadOnlyDictionary<string, Tensor> Features);

/// <summary>Probabilities at T of some classes, as one teacher tells them; see <see cref="SparseKdLoss"/>.</summary>
/// <param name="Classes_BK"><c>[B, K]</c>, 64-bit integers.</param>
/// <param name="Target_BK">Logarithms of their probabilities, <c>[B, K]</c>.</param>
/// <param name="Rest_B">Logarithms of what all other classes have together, <c>[B]</c>; null where that is nothing throughout.</param>
/// <param name="Share">The teacher's weight among the others, 0 to 1.</param>
public sealed record KeptClasses(Tensor Classes_BK, Tensor Target_BK, Tensor? Rest_B, double Share);
