using System.Collections.Concurrent;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Tests.Fakes;

/// <summary>Answers every lesson by <see cref="Answer"/>, as soon as <see cref="Gate"/> is open.</summary>
internal sealed class FakeTeacher : ILessonServer
{
    public const int LogitsPerSample = 3;

    public static readonly Digest Weights = Digest.Of("weights"u8);
    public static readonly Digest Samples = Digest.Of("samples"u8);

    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Digest Teacher => Weights;

    public Digest Dataset => Samples;

    public int Classes => LogitsPerSample;

    /// <summary>What to answer; by default logits that tell sample and class apart.</summary>
    public Func<Lesson, SoftTargets> Answer { get; set; } = lesson => Targets(lesson);

    /// <summary>Answers wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Called when a lesson comes in.</summary>
    public Action<Lesson> Asked { get; set; } = _ => { };

    /// <summary>Ends when a lesson is called off before it is answered.</summary>
    public Task Abandoned => _abandoned.Task;

    /// <summary>Every logits object that was handed out.</summary>
    public ConcurrentQueue<ArrayLogits> Given { get; } = [];

    public async Task<SoftTargets> AnswerAsync(Lesson lesson, CancellationToken cancellation)
    {
        Asked(lesson);
        try
        {
            await Gate.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            _abandoned.TrySetResult();
            throw;
        }

        var answer = Answer(lesson);
        Given.Enqueue((ArrayLogits)answer.Logits);
        return answer;
    }

    public static SoftTargets Targets(
        Lesson lesson, long? number = null, IReadOnlyList<int>? ids = null, int classes = LogitsPerSample, float[]? values = null)
    {
        values ??= [.. lesson.SampleIds.SelectMany(id => Enumerable.Range(0, classes).Select(c => id + (c / 10f)))];
        return new SoftTargets(
            number ?? lesson.Number,
            ids ?? lesson.SampleIds,
            new ArrayLogits(lesson.SampleIds.Count, classes, values),
            TimeSpan.FromMicroseconds(12));
    }
}
