using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Channels;

namespace Stillhouse.Benchmarks.Dataplane;

/// <summary>Asks lessons over one line, many at once, and uses up what comes.</summary>
internal sealed class LessonSink(ILessonLine line, FrameSize size)
{
    /// <summary>Different lessons, so that both ends look up more than one. The teacher's store keeps them all.</summary>
    private const int Blocks = 32;

    /// <returns>Megabytes of frames per second.</returns>
    public async Task<double> MeasureAsync(Throughput throughput, CancellationToken cancellation)
    {
        var gate = new Lock();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Flow.FramesInFlight(size.Bytes)).Select(_ => Task.Run(AskAsync, cancellation)));
        return throughput.MegabytesPerSecond;

        async Task AskAsync()
        {
            while (Next() is { } lesson)
            {
                var answer = await line.AskAsync(lesson, default, cancellation);
                using var targets = answer.Targets;
                lock (gate)
                {
                    throughput.Add(targets.Bytes.Length);
                }
            }
        }

        Lesson? Next()
        {
            lock (gate)
            {
                var first = next++ % Blocks * size.Samples;
                return throughput.GoesOn ? new Lesson(Split.Train, View.Plain, new SampleRange(first, size.Samples)) : null;
            }
        }
    }
}
