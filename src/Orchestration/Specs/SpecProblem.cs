namespace Stillhouse.Orchestration.Specs;

/// <summary>One thing wrong with what a person wrote, complete enough to be put right without a look at the docs.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Found">What stands there, for example <c>-1</c>.</param>
/// <param name="Allowed">What may stand there, for example <c>above 0 up to 1000</c>.</param>
/// <param name="Remedy">What to write instead.</param>
public sealed record SpecProblem(Place Place, string Found, string Allowed, string Remedy)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => $"{Place}: found {Found}; allowed {Allowed}; {Remedy}";
}
