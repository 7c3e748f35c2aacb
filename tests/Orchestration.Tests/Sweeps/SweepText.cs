using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Sweeps;
using Stillhouse.Orchestration.Tests.Specs;

namespace Stillhouse.Orchestration.Tests.Sweeps;

/// <summary>The valid spec with a sweep below it.</summary>
internal static class SweepText
{
    public const string Grid =
        """
          parameters:
            - {kind: choice, path: distillation.temperature, values: [1, 2, 4]}
            - {kind: uniform, path: distillation.alpha, low: 0.1, high: 0.9, step: 0.4}
            - {kind: integer, path: student.training.batchSize, low: 32, high: 64, step: 32}
        """;

    public const string Random =
        """
          parameters:
            - {kind: choice, path: distillation.temperature, values: [1, 2, 4, 8]}
            - {kind: uniform, path: distillation.alpha, low: 0.1, high: 0.9}
            - {kind: log-uniform, path: student.training.optimizer.rate, low: 0.0001, high: 0.01}
            - {kind: integer, path: student.training.batchSize, low: 32, high: 256, log: true}
            - {kind: integer, path: student.training.epochs, low: 2, high: 20, step: 3}
          architectures:
            - {kind: mlp, widths: [784, 20, 10]}
            - {kind: cnn, channels: [4], classes: 10}
          sampler: {kind: random, trials: 1000}
        """;

    public static string With(string sweep) => $"{SpecText.Valid}\nsweep:\n{sweep}";

    public static RunSpec Bind(string sweep) => SpecText.Bind(With(sweep)).Spec.ShouldNotBeNull();

    public static SearchSpace Space(string sweep) => SearchSpace.Of(Bind(sweep).Sweep.ShouldNotBeNull());

    public static Sweep Compile(string sweep) => Sweep.Of(Bind(sweep)).ShouldNotBeNull();
}
