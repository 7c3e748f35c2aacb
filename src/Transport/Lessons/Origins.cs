using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Lessons;

/// <summary>Where a teacher had an answer from, to and from the wire.</summary>
internal static class Origins
{
    public static Origin ToWire(this TargetOrigin origin) => origin switch
    {
        TargetOrigin.Computed => Origin.Computed,
        TargetOrigin.TeacherJoined => Origin.Joined,
        TargetOrigin.TeacherMemory => Origin.Memory,
        TargetOrigin.TeacherFile => Origin.File,
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "Not an origin at a teacher."),
    };

    /// <summary>A teacher that does not say so is taken to have computed: savings are never overstated.</summary>
    public static TargetOrigin FromWire(this Origin origin) => origin switch
    {
        Origin.Joined => TargetOrigin.TeacherJoined,
        Origin.Memory => TargetOrigin.TeacherMemory,
        Origin.File => TargetOrigin.TeacherFile,
        _ => TargetOrigin.Computed,
    };
}
