using Grpc.Core;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Channels;

/// <summary>The beginning of a stream.</summary>
internal static class Handshake
{
    /// <summary>Waits for what the teacher says to a Hello.</summary>
    /// <returns>Limits that are within what Hello offered.</returns>
    /// <exception cref="LessonRefusedException">The teacher does not take this student, or says what is no Welcome.</exception>
    /// <exception cref="TeacherUnreachableException">It cannot be reached.</exception>
    public static async Task<Welcome> HearWelcomeAsync(LessonStream stream, Hello hello, LineFaults faults, CancellationToken cancellation)
    {
        TeacherMessage? said;
        try
        {
            said = await stream.HearAsync(cancellation).ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw faults.Unreachable(e.Status.Detail, e);
        }

        return said switch
        {
            null => throw faults.Unreachable("the stream ended without a welcome"),
            { Welcome: { } welcome } when Fits(welcome, hello) => welcome,
            { Refusal: { } refusal } => throw faults.Refused(refusal),
            _ => throw faults.Refused($"it said {said} instead of a valid Welcome"),
        };
    }

    private static bool Fits(Welcome welcome, Hello hello) =>
        welcome is { Width: > 0, InputSize: > 0, MaxOpenLessons: > 0, MaxRequestBytes: > 0 }
        && welcome.CreditBytes > 0
        && welcome.CreditBytes <= hello.CreditBytes
        && welcome.FrameBytes > 0
        && welcome.FrameBytes <= hello.FrameBytes;
}
