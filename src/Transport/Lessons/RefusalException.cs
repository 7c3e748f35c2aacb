using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Lessons;

/// <summary>A student is not admitted, or breaks a rule of lessons.proto: its stream ends with this refusal.</summary>
internal sealed class RefusalException(RefusalReason reason, string message) : Exception(message)
{
    public RefusalReason Reason { get; } = reason;

    public TeacherFrame ToFrame() =>
        new(new TeacherMessage { Refusal = new Refusal { Reason = Reason, Message = Message } });
}
