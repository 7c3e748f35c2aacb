using System.Collections.Concurrent;
using System.Text;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Randomness;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Tests.Targets;

/// <summary>Answers every key with bytes of its own, when it is told to, and remembers what it gave out.</summary>
internal sealed class FakeTeacher
{
    /// <summary>Bytes of every block.</summary>
    public const int BlockBytes = Samples * Classes * sizeof(float);

    private const int Samples = 8;
    private const int Classes = 32;

    private static readonly Digest Artifact = Digest.Of("teacher"u8);
    private static readonly Digest Dataset = Digest.Of("dataset"u8);

    private readonly ConcurrentQueue<TrackedMemory> _given = new();
    private int _asked;

    /// <summary>Lessons that it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>What it gave out, in order.</summary>
    public IReadOnlyList<TrackedMemory> Given => [.. _given];

    /// <summary>Answers wait for it.</summary>
    public TaskCompletionSource Ready { get; set; } = Done();

    /// <summary>Whether readers of what it gives out must wait until <see cref="TrackedMemory.Readable"/> is set.</summary>
    public bool GivesUnreadable { get; set; }

    public static TargetKey Key(int block) =>
        new(Artifact, Dataset, "fp32", Inputs: null, new Lesson(Split.Train, View.Plain, new SampleRange(block * Samples, Samples)));

    /// <summary>What a block's bytes must be.</summary>
    public static byte[] BytesOf(TargetKey key)
    {
        var random = new SplitMix64(BitConverter.ToInt64(Convert.FromHexString(Digest.Of(Encoding.UTF8.GetBytes(key.ToString())).Hex)));
        return [.. Enumerable.Range(0, Samples * Classes).SelectMany(_ => BitConverter.GetBytes(random.Unit()))];
    }

    public Func<CancellationToken, Task<TargetAnswer>> Answer(TargetKey key) => cancellation => AnswerAsync(key, cancellation);

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private async Task<TargetAnswer> AnswerAsync(TargetKey key, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _asked);
        await Ready.Task.WaitAsync(cancellation);
        var memory = new TrackedMemory(BytesOf(key));
        if (GivesUnreadable)
        {
            memory.Readable.Reset();
        }

        _given.Enqueue(memory);
        var targets = new EncodedTargets(key.Lesson, new Fp32Codec(), Classes, TimeSpan.FromMilliseconds(7), memory);
        return new TargetAnswer(targets, TargetOrigin.Computed);
    }
}
