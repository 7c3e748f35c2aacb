using System.Collections.Frozen;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>Every loss that a spec may ask for.</summary>
public static class LossTerms
{
    private static readonly FrozenDictionary<Type, Func<LossSpec, ComparedNetworks, ILossTerm>> BySpec = new Dictionary<Type, Func<LossSpec, ComparedNetworks, ILossTerm>>(
    [
        For<KdLossSpec>((_, _) => new KdTerm()),
        For<ReverseKlLossSpec>((_, _) => new ReverseKlTerm()),
        For<JsdLossSpec>((jsd, _) => new JsdTerm(jsd.Beta)),
        For<DkdLossSpec>((dkd, _) => new DkdTerm(dkd.Alpha, dkd.Beta)),
        For<DistLossSpec>((dist, _) => new DistTerm(dist.Beta, dist.Gamma)),
        For<LogitStandardisationLossSpec>((_, _) => new LogitStandardisationTerm()),
        For<LogitMatchingLossSpec>((_, _) => new LogitMatchingTerm()),
        For<HintLossSpec>((hint, networks) => new HintTerm(hint, new Regressors(hint, networks))),
        For<AttentionLossSpec>((attention, _) => new AttentionTerm(attention)),
        For<RkdLossSpec>((rkd, _) => new RkdTerm(rkd)),
        For<SimilarityLossSpec>((similarity, _) => new SimilarityTerm(similarity)),
        For<LabelsLossSpec>((_, _) => new LabelsTerm()),
    ]).ToFrozenDictionary();

    /// <summary>The term that a spec asks for, without its weight.</summary>
    /// <param name="networks">Whose features it compares; terms on logits need none.</param>
    /// <exception cref="ArgumentException">None is registered.</exception>
    public static ILossTerm Of(LossSpec spec, ComparedNetworks? networks = null) =>
        spec is not null && BySpec.TryGetValue(spec.GetType(), out var make)
            ? make(spec, networks ?? ComparedNetworks.None)
            : throw new ArgumentException($"No loss is known for {spec?.GetType().Name ?? "nothing"}.", nameof(spec));

    private static KeyValuePair<Type, Func<LossSpec, ComparedNetworks, ILossTerm>> For<TSpec>(Func<TSpec, ComparedNetworks, ILossTerm> make)
        where TSpec : LossSpec =>
        new(typeof(TSpec), (spec, networks) => make((TSpec)spec, networks));
}
