using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Benchmarks.Scale;

/// <summary>A sweep of so many trials, a hundred at a time, most of which are stopped early.</summary>
internal static class StubSpec
{
    /// <summary>Trials under way at once.</summary>
    public const int Parallel = 100;

    public static SubmitRun Submission(RunId run, int trials) => new(
        run,
        new RunSpec
        {
            Name = "scale",
            Data = new GlyphDataSpec(),
            Teachers = [new TeacherSpec { Model = new MlpSpec { Widths = [784, 20, 10] } }],
            Student = new StudentSpec { Model = new MlpSpec { Widths = [784, 10] }, Training = new TrainingSpec { Epochs = 3 } },
            Sweep = new SweepSpec
            {
                Parameters =
                [
                    new LogUniformParameterSpec { Path = "student.training.optimizer.rate", Low = 0.0001, High = 0.01 },
                    new UniformParameterSpec { Path = "distillation.temperature", Low = 1, High = 16 },
                ],
                Sampler = new RandomSamplerSpec { Trials = trials },
                Pruner = new AshaPrunerSpec(),
                Parallel = Parallel,
                MaximumTrials = trials,
            },
        },
        new DatasetFacts(new DatasetReference(new GlyphDataSpec(), Digest.Of("data"u8)), "glyphs", 10, 100, 10, 50),
        new NodesNeeded(Teachers: 1, Students: 1));
}
