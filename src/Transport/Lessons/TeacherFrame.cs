using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Lessons;

/// <summary>
/// One <see cref="TeacherMessage"/> to send. A chunk's payload is not in <see cref="Message"/>: it stays where the targets
/// are until it is written to the connection.
/// </summary>
internal sealed class TeacherFrame
{
    private readonly EncodedTargets? _targets;
    private readonly Range _part;

    public TeacherFrame(TeacherMessage message) => Message = message;

    /// <param name="head">The chunk without its payload.</param>
    /// <param name="targets">Stay the caller's, who keeps them until the frame has been written.</param>
    /// <param name="part">The bytes of <paramref name="targets"/> that are the payload.</param>
    public TeacherFrame(Answer head, EncodedTargets targets, Range part) =>
        (Message, _targets, _part) = (new TeacherMessage { Answer = head }, targets, part);

    public TeacherMessage Message { get; }

    /// <summary>Empty unless this is a chunk.</summary>
    public ReadOnlySpan<byte> Payload => _targets is null ? [] : _targets.Bytes[_part];
}
