using Stillhouse.Benchmarks.Learning;
using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Benchmarks.Teaching;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Benchmarks.Service;

/// <summary>One student on all cores, 784-400-10, with its teacher in three places. Every epoch has a view of its own.</summary>
internal sealed class ServiceTrials(TrainedTeacher trained, RemoteTeacher remote, Dataset dataset, Session session) : IDisposable
{
    public const string Remote = "teachers on other machines";
    public const string Pure = "no teachers";
    public const string Shared = "teacher and student in one loop";

    private static readonly DistillationSpec Distillation = new();

    private readonly TorchThread _thread = new("student", Environment.ProcessorCount);
    private readonly Network _teacher = trained.Load();
    private readonly NetworkTraining _work = new(
        new MlpSpec { Widths = [784, 400, 10] },
        new TrainingSpec { Epochs = 5, BatchSize = 128, View = new ShiftViewSpec(), Threads = Environment.ProcessorCount },
        new ScheduleSpec(),
        Seed: 1);

    /// <summary>Bytes of soft targets that the last training by remote teachers received.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Samples per second, from the opening of lines to the last step.</summary>
    public IReadOnlyList<Contestant> Contestants =>
    [
        Of(Remote, TrainRemotelyAsync),
        Of(Pure, () => _thread.RunAsync(() => StudentSide.Train(_work, dataset, new LabelObjective(smoothing: 0), session), session.Cancellation)),
        Of(Shared, () => _thread.RunAsync(TrainInOneLoop, session.Cancellation)),
    ];

    public void Dispose()
    {
        _thread.Dispose();
        _teacher.Dispose();
    }

    private Contestant Of(string name, Func<Task<Network>> train) => new(name, async _ =>
    {
        var started = session.Time.GetTimestamp();
        using var student = await train();
        return (double)dataset.Train.Count * _work.Training.Epochs / session.Time.GetElapsedTime(started).TotalSeconds;
    });

    /// <summary>Begins with an empty store, so that everything crosses the wire.</summary>
    private async Task<Network> TrainRemotelyAsync()
    {
        await using var side = new StudentSide();
        var (student, lessons) = await side.DistillAsync(_work, Distillation, remote.Replicas, dataset, _thread, session);
        BytesReceived = lessons.BytesReceived;
        return student;
    }

    private Network TrainInOneLoop()
    {
        var student = Networks.Create(_work.Model, _work.Seed);
        PlainLoop.Distill(student, _teacher, _work, dataset, Distillation, session.Cancellation);
        return student;
    }
}
