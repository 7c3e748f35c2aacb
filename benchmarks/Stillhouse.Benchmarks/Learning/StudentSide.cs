using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Losses;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Feeds;
using Stillhouse.Transport.Replicas;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Benchmarks.Learning;

/// <summary>The data plane of a student node, as the product composes it: nothing of it is the benchmarks' own.</summary>
internal sealed class StudentSide : IAsyncDisposable
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddLogging().AddTeaching().AddTeacherPool().AddLessonLines().BuildServiceProvider();

    /// <summary>Serves a teacher in this process until the result is disposed.</summary>
    public IDisposable Serve(ILessonServer teacher) => _services.GetRequiredService<ServedTeachers>().Add(teacher);

    /// <summary>A part in a teacher; while anybody has one, its lines stay open.</summary>
    public TeacherLease Share(TeacherReplicas teacher, Dataset dataset, DistillationSpec distillation) =>
        _services.GetRequiredService<TeacherPool>().Share(
            teacher, dataset.Digest, TargetCodecs.Of(distillation.Codec), inputs: null, new Complaints());

    /// <summary>One trial on a thread of its own, from opening its feed to its last step.</summary>
    /// <returns>The student, in evaluation mode, and what it asked.</returns>
    public async Task<(Network Student, LessonsReport Lessons)> DistillAsync(
        NetworkTraining work,
        DistillationSpec distillation,
        TeacherReplicas teacher,
        Dataset dataset,
        TorchThread thread,
        Session session)
    {
        var steps = new TrainingSteps(work, dataset.Train);
        await using var lease = Share(teacher, dataset, distillation);
        var terms = new FeedTerms(
            [new FeedTeacher(teacher.Name, lease, dataset.Classes)], TargetCodecs.Of(distillation.Codec), steps.Blocks, Quorum: null);
        await using var feed = new LessonFeed(
            terms,
            steps.All(),
            _services.GetRequiredService<IOptions<LessonFeedOptions>>().Value,
            _services.GetRequiredService<LessonMetrics>(),
            session.Time);
        using var objective = new DistillObjective(distillation, steps, [teacher.EnsembleWeight], feed, session.Time);
        var student = await thread.RunAsync(() => Train(work, dataset, objective, session), session.Cancellation);
        return (student, _services.GetRequiredService<TeacherPool>().Report([lease], feed.Delivered, quorum: null));
    }

    /// <summary>One training on the calling thread.</summary>
    public static Network Train(NetworkTraining work, Dataset dataset, IObjective objective, Session session)
    {
        var network = Networks.Create(work.Model, work.Seed);
        Trainer.Train(network, work, dataset, objective, checkpoints: null, new NoProgress(), session.Time, session.Cancellation);
        return network;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
