namespace Stillhouse.Benchmarks.Recovery;

/// <summary>The run that is disturbed: three teachers, and a sweep of four students that meet every sample anew in each epoch.</summary>
internal static class RecoverySpec
{
    /// <param name="mnist">The folder with MNIST; null for glyphs.</param>
    /// <param name="quick">Whether a minute is enough.</param>
    public static string Write(ScratchFolder folder, string? mnist, bool quick)
    {
        var path = folder.Of("recovery.yaml");
        var samples = quick ? 2_000 : 10_000;
        var data = mnist is null
            ? $"{{kind: glyphs, train: {samples}, validation: 1000, test: 1000}}"
            : $"{{kind: idx, path: '{mnist}', limit: {samples}, validation: 1000}}";
        File.WriteAllText(path, $$$"""
            name: recovery
            data: {{{data}}}
            teachers:
              - {count: 3, model: {kind: mlp, widths: [784, 300, 10], dropout: 0.2}, training: {epochs: {{{(quick ? 4 : 12)}}}}}
            student:
              model: {kind: mlp, widths: [784, 100, 10], dropout: 0.1}
              training: {epochs: {{{(quick ? 60 : 120)}}}, view: {kind: shift}}
            sweep:
              parameters:
                - {kind: choice, path: distillation.temperature, values: [2, 8]}
                - {kind: choice, path: student.training.optimizer.rate, values: [0.0005, 0.002]}
              parallel: 2
            """);
        return path;
    }
}
