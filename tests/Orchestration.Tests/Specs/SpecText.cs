using Stillhouse.Coordinator.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

/// <summary>Specs as text, the way that people meet their problems.</summary>
internal static class SpecText
{
    public const string Valid =
        """
        name: small
        seed: 7
        data: {kind: idx, path: mnist}
        teachers:
          - name: big
            count: 2
            model: {kind: mlp, widths: [784, 100, 10], dropout: 0.5}
            training: {epochs: 3, optimizer: {kind: sgd, momentum: 0.8, nesterov: true}}
          - name: conv
            model: {kind: cnn, channels: [8, 16], classes: 10}
        student:
          model: {kind: mlp, widths: [784, 20, 10]}
        distillation:
          temperature: 2.5
        """;

    public static readonly DataShape Mnist = new(10, new ImageShape(1, 28, 28));

    /// <summary>The valid spec with one text in place of another, which must be there.</summary>
    public static string With(string old, string replacement)
    {
        Valid.ShouldContain(old, Case.Sensitive);
        return Valid.Replace(old, replacement, StringComparison.Ordinal);
    }

    public static BoundSpec Bind(string yaml, params string[] overrides)
    {
        var (bound, problems) = Read(yaml, overrides);
        problems.ShouldBeEmpty();
        return bound.ShouldNotBeNull();
    }

    /// <summary>Every problem of a spec, in reading order, as a person reads them.</summary>
    public static string[] Problems(string yaml, DataShape? data = null, params string[] overrides)
    {
        var (bound, problems) = Read(yaml, overrides);
        if (bound is not null)
        {
            problems.AddRange(bound.Problems);
            problems.AddRange(SpecRules.Check(bound));
            problems.AddRange(ShapeRules.Check(bound, data ?? DataShape.Unknown));
        }

        return [.. problems.OrderBy(problem => problem.Place, Place.ReadingOrder).Select(problem => problem.ToString())];
    }

    private static (BoundSpec? Bound, List<SpecProblem> Problems) Read(string yaml, string[] overrides)
    {
        var problems = new List<SpecProblem>();
        var root = YamlSpecReader.Read(new StringReader(yaml), "spec.yaml", problems);
        foreach (var assignment in overrides)
        {
            root = root is null ? null : YamlSpecReader.ReadOverride("--set", assignment, problems)?.Apply(root, problems) ?? root;
        }

        return (root is null ? null : SpecBinder.Bind(root), problems);
    }
}
