using System.Collections.Frozen;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>Every loss that a spec may ask for.</summary>
public static class LossTerms
{
    private static readonly FrozenDictionary<Type, Func<LossSpec, ILossTerm>> BySpec = new Dictionary<Type, Func<LossSpec, ILossTerm>>(
    [
        For<KdLossSpec>(_ => new KdTerm()),
        For<ReverseKlLossSpec>(_ => new ReverseKlTerm()),
        For<JsdLossSpec>(jsd => new JsdTerm(jsd.Beta)),
        For<DkdLossSpec>(dkd => new DkdTerm(dkd.Alpha, dkd.Beta)),
        For<DistLossSpec>(dist => new DistTerm(dist.Beta, dist.Gamma)),
        For<LogitStandardisationLossSpec>(_ => new LogitStandardisationTerm()),
        For<LogitMatchingLossSpec>(_ => new LogitMatchingTerm()),
        For<LabelsLossSpec>(_ => new LabelsTerm()),
    ]).ToFrozenDictionary();

    /// <summary>The term that a spec asks for, without its weight.</summary>
    /// <exception cref="ArgumentException">None is registered.</exception>
    public static ILossTerm Of(LossSpec spec) =>
        spec is not null && BySpec.TryGetValue(spec.GetType(), out var make)
            ? make(spec)
            : throw new ArgumentException($"No loss is known for {spec?.GetType().Name ?? "nothing"}.", nameof(spec));

    private static KeyValuePair<Type, Func<LossSpec, ILossTerm>> For<TSpec>(Func<TSpec, ILossTerm> make)
        where TSpec : LossSpec =>
        new(typeof(TSpec), spec => make((TSpec)spec));
}
