using System.Runtime.InteropServices;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;

namespace Stillhouse.Distillation.Peers;

/// <summary>
/// What a network that learns has made of batches, for those that learn beside it. A question about what it has not come to yet
/// waits; what nobody can ask any more is forgotten. Written by the thread that trains, asked by any.
/// </summary>
/// <param name="identity">Under which it is asked: everything that its weights depend on, at every step.</param>
/// <param name="dataset">What it learns from.</param>
/// <param name="classes">Logits per sample.</param>
/// <param name="inputSize">Values per sample.</param>
public sealed class PeerOutbox(Digest identity, Digest dataset, int classes, int inputSize) : ILessonServer
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<LiveView, float[]> _answers = new(Order);
    private readonly Dictionary<LiveView, TaskCompletionSource<float[]>> _awaited = [];
    private long _keptFrom;
    private string? _ended;

    private static readonly Comparer<LiveView> Order = Comparer<LiveView>.Create((a, b) => (a.Step, a.Version).CompareTo((b.Step, b.Version)));

    public Digest Teacher => identity;

    public Digest? Dataset => dataset;

    public int Classes => classes;

    public IReadOnlyList<FeatureShape> Features => [];

    public int InputSize => inputSize;

    public async Task<SoftTargets> AnswerAsync(
        Lesson lesson, IReadOnlyList<string> features, ReadOnlyMemory<byte> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        if (lesson.View is not LiveView view || lesson.Split != Split.Train)
        {
            throw new LessonRefusedException($"{lesson}: this network learns; it is asked about the steps of its training.");
        }

        var answer = await Find(view).WaitAsync(cancellation).ConfigureAwait(false);
        return lesson.Samples == new SampleRange(0, answer.Length / classes)
            ? new SoftTargets(lesson, new ArrayLogits(answer, classes), TimeSpan.Zero)
            : throw new LessonRefusedException($"{lesson}: the batch of that step has the samples 0..{(answer.Length / classes) - 1}.");
    }

    /// <summary>Answers a question from now on.</summary>
    /// <param name="logits">One row per sample of the step's batch.</param>
    public void Put(LiveView view, float[] logits)
    {
        TaskCompletionSource<float[]>? awaited;
        lock (_gate)
        {
            _answers[view] = logits;
            _awaited.Remove(view, out awaited);
        }

        awaited?.SetResult(logits);
    }

    /// <summary>Forgets what is about earlier steps.</summary>
    public void KeepFrom(long step)
    {
        lock (_gate)
        {
            _keptFrom = Math.Max(_keptFrom, step);
            while (_answers.Count > 0 && _answers.First() is var (first, _) && first.Step < _keptFrom)
            {
                _answers.Remove(first);
            }
        }
    }

    /// <summary>Nothing more is put. Questions about what is not there end, now and later.</summary>
    /// <param name="reason">Goes on after the network's name.</param>
    public void End(string reason)
    {
        TaskCompletionSource<float[]>[] awaited;
        lock (_gate)
        {
            _ended = reason;
            awaited = [.. _awaited.Values];
            _awaited.Clear();
        }

        foreach (var question in awaited)
        {
            question.SetException(new LessonsEndedException(reason));
        }
    }

    /// <summary>Everything that may be asked again.</summary>
    public byte[] Save()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        lock (_gate)
        {
            writer.Write(_keptFrom);
            writer.Write(_answers.Count);
            foreach (var (view, logits) in _answers)
            {
                writer.Write(view.Step);
                writer.Write(view.Version);
                writer.Write(logits.Length);
                writer.Write(MemoryMarshal.AsBytes(logits.AsSpan()));
            }
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Answers what could be asked when it was saved.</summary>
    public void Restore(byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved));
        var keptFrom = reader.ReadInt64();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var view = new LiveView(reader.ReadInt64(), reader.ReadInt64());
            var logits = new float[reader.ReadInt32()];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(logits.AsSpan()));
            Put(view, logits);
        }

        KeepFrom(keptFrom);
    }

    private Task<float[]> Find(LiveView view)
    {
        lock (_gate)
        {
            if (_answers.TryGetValue(view, out var answer))
            {
                return Task.FromResult(answer);
            }

            if (view.Step < _keptFrom)
            {
                throw new LessonRefusedException($"{view} is kept no longer; what is kept begins with step {_keptFrom}.");
            }

            if (_ended is { } reason)
            {
                throw new LessonsEndedException(reason);
            }

            if (!_awaited.TryGetValue(view, out var awaited))
            {
                _awaited[view] = awaited = new TaskCompletionSource<float[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return awaited.Task;
        }
    }

    private sealed class ArrayLogits(float[] values, int classes) : ILogits
    {
        public int Rows => values.Length / classes;

        public int Width => classes;

        public ReadOnlySpan<float> Values => values;

        public void Dispose()
        {
        }
    }
}
