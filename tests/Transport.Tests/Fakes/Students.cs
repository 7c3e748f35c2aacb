using System.Buffers;
using Microsoft.Extensions.Options;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Transport.Tests.Fakes;

internal static class Students
{
    public static TeacherChannels Student(
        ServedTeachers? teachers = null,
        TimeProvider? time = null,
        ArrayPool<byte>? pool = null,
        Action<TeacherChannelOptions>? configure = null)
    {
        var options = new TeacherChannelOptions();
        configure?.Invoke(options);
        return new TeacherChannels(
            teachers ?? new ServedTeachers(), Options.Create(options), time ?? TimeProvider.System, pool ?? ArrayPool<byte>.Shared);
    }

    public static Lesson Lesson(long number, params int[] ids) => new(number, Split.Train, ids.Length > 0 ? ids : [(int)number, 7]);
}
