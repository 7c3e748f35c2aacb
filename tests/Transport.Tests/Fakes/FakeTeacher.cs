using System.Collections.Concurrent;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Transport.Tests.Fakes;

/// <summary>Answers every lesson by <see cref="Answer"/>, as soon as <see cref="Gate"/> is open.</summary>
internal sealed class FakeTeacher : ILessonServer
{
    public const int LogitsPerSample = 3;
    public const int BytesPerSample = LogitsPerSample * sizeof(float);

    public static readonly Digest Weights = Digest.Of("weights"u8);
    public static readonly Digest Samples = Digest.Of("samples"u8);

    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Digest Teacher => Weights;

    public Digest? Dataset { get; init; } = Samples;

    public int Classes => LogitsPerSample;

    public IReadOnlyList<FeatureShape> Features { get; set; } = [];

    /// <summary>Which of them the last lesson was asked with.</summary>
    public IReadOnlyList<string> Wanted { get; private set; } = [];

    public int InputSize { get; init; } = 2;

    /// <summary>What to answer; by default logits that tell sample and class apart.</summary>
    public Func<Lesson, ReadOnlyMemory<byte>, SoftTargets> Answer { get; set; } = (lesson, _) => Targets(lesson);

    /// <summary>Answers wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Called when a lesson comes in.</summary>
    public Action<Lesson> Asked { get; set; } = _ => { };

    /// <summary>Ends when a lesson is called off before it is answered.</summary>
    public Task Abandoned => _abandoned.Task;

    /// <summary>Every logits object that was handed out.</summary>
    public ConcurrentQueue<ArrayLogits> Given { get; } = [];

    public async Task<SoftTargets> AnswerAsync(
        Lesson lesson, IReadOnlyList<string> features, ReadOnlyMemory<byte> inputs, CancellationToken cancellation)
    {
        Asked(lesson);
        Wanted = features;
        try
        {
            await Gate.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            _abandoned.TrySetResult();
            throw;
        }

        var answer = Answer(lesson, inputs);
        Given.Enqueue((ArrayLogits)answer.Logits);
        return answer;
    }

    public static SoftTargets Targets(Lesson lesson, int? rows = null, int classes = LogitsPerSample, float[]? values = null)
    {
        rows ??= lesson.Samples.Count;
        values ??= [.. Enumerable.Range(lesson.Samples.First, rows.Value).SelectMany(id => Row(id, classes))];
        return new SoftTargets(lesson, new ArrayLogits(rows.Value, classes, values), TimeSpan.FromMicroseconds(12));
    }

    private static IEnumerable<float> Row(int id, int classes) => Enumerable.Range(0, classes).Select(c => id + (c / 10f));
}
