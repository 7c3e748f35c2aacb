using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Tests.Replicas;

/// <summary>Makes targets and knows which of them nobody has freed.</summary>
internal sealed class CountedMemory
{
    private readonly Lock _gate = new();
    private long _bytes;

    /// <summary>Bytes that are not freed.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>The most bytes that were not freed at any time.</summary>
    public long Peak { get; private set; }

    /// <summary>Targets whose logits tell the sample, see <see cref="Logit"/>.</summary>
    public EncodedTargets Targets(Lesson lesson, int classes, float teacher = 0, TimeSpan computeTime = default)
    {
        var codec = new Fp32Codec();
        var logits = new float[lesson.Samples.Count * classes];
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = Logit(lesson.Samples.First + (i / classes), i % classes, teacher);
        }

        var bytes = new byte[lesson.Samples.Count * codec.RowBytes(classes)];
        codec.Encode(lesson, logits, classes, bytes);
        return new EncodedTargets(lesson, codec, classes, computeTime, new Memory(this, bytes));
    }

    /// <summary>What a teacher that is known by a number answers about a sample and class.</summary>
    public static float Logit(int sample, int category, float teacher = 0) => sample + (category / 100f) + teacher;

    private void Add(long bytes)
    {
        lock (_gate)
        {
            _bytes += bytes;
            Peak = Math.Max(Peak, _bytes);
        }
    }

    private sealed class Memory : TargetMemory
    {
        private readonly CountedMemory _owner;
        private readonly byte[] _bytes;

        public Memory(CountedMemory owner, byte[] bytes)
        {
            (_owner, _bytes) = (owner, bytes);
            owner.Add(bytes.Length);
        }

        public override ReadOnlySpan<byte> Bytes => _bytes;

        public override void Dispose() => _owner.Add(-_bytes.Length);
    }
}
