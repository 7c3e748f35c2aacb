using System.Threading.Channels;
using Grpc.Core;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Teaching;

/// <summary>
/// All that is said to one student, in order, as far as its credit goes. What waits here is bounded by the open lessons: a
/// refusal or a reference to a stored answer for each.
/// </summary>
internal sealed class Speaker(Welcome agreed, OpenNumbers open, IServerStreamWriter<TeacherFrame> reply) : IDisposable
{
    /// <summary>Bytes that are written together where more is ready: small answers would pay for a flush each.</summary>
    private const int FlushBytes = 64 << 10;

    private static readonly WriteOptions Unflushed = new(WriteFlags.BufferHint);

    private readonly Channel<Outgoing> _outbox =
        Channel.CreateUnbounded<Outgoing>(new UnboundedChannelOptions { SingleReader = true });

    private int _unflushed;

    public CreditBalance Credit { get; } = new(agreed.CreditBytes);

    public void Say(TeacherMessage message) => _outbox.Writer.TryWrite(new Outgoing(message, null));

    /// <summary>Owns the answer from now on.</summary>
    public void Say(OutgoingAnswer answer)
    {
        if (!_outbox.Writer.TryWrite(new Outgoing(null, answer)))
        {
            answer.Dispose();
        }
    }

    /// <summary>Says what waits, and then fails with the cause.</summary>
    public void Break(Exception cause) => _outbox.Writer.TryComplete(cause);

    public async Task SpeakAsync(CancellationToken cancellation)
    {
        await foreach (var (message, answer) in _outbox.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (answer is null)
            {
                await SendAsync(message!).ConfigureAwait(false);
                continue;
            }

            using (answer)
            {
                await SendAsync(answer, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Drops what waits, and all that comes later.</summary>
    public void Dispose()
    {
        _outbox.Writer.TryComplete();
        while (_outbox.Reader.TryRead(out var unsaid))
        {
            unsaid.Answer?.Dispose();
        }
    }

    private Task SendAsync(TeacherMessage message)
    {
        if (message.Refusal is { HasNumber: true } refusal)
        {
            open.Close(refusal.Number);
        }

        return WriteAsync(new TeacherFrame(message), isLast: true);
    }

    private async Task SendAsync(OutgoingAnswer answer, CancellationToken cancellation)
    {
        for (var offset = 0; offset < answer.Length;)
        {
            var wanted = Math.Min(agreed.FrameBytes, answer.Length - offset);
            var length = await Credit.SpendAsync(wanted, cancellation).ConfigureAwait(false);
            var chunk = answer.Chunk(offset, length);
            offset += length;

            // Closed before the end leaves: on receiving it the student may ask for the next lesson.
            if (offset == answer.Length)
            {
                open.Close(answer.Number);
            }

            await WriteAsync(chunk, isLast: offset == answer.Length).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Flushes unless something follows at once. Not to be cancelled, which would cut the connection instead of leaving
    /// the student a last word.
    /// </summary>
    private Task WriteAsync(TeacherFrame frame, bool isLast)
    {
        _unflushed += frame.Payload.Length;
        var goesOn = _unflushed < FlushBytes && Credit.HasAny && (!isLast || _outbox.Reader.TryPeek(out _));
        reply.WriteOptions = goesOn ? Unflushed : null;
        _unflushed = goesOn ? _unflushed : 0;
        return reply.WriteAsync(frame);
    }

    /// <summary>Either of both.</summary>
    private readonly record struct Outgoing(TeacherMessage? Message, OutgoingAnswer? Answer);
}
