using System.Runtime.InteropServices;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Teaching;
using Stillhouse.Transport.Tests.Fakes;
using static Stillhouse.Transport.Tests.Fakes.Students;

namespace Stillhouse.Transport.Tests.Channels;

public sealed class InProcessLineTests : LessonLineContract
{
    private protected override ServedTeachers Served { get; } = Students.Served(storeBytes: 50);

    private protected override ReplicaEndpoint Endpoint { get; } = new("node-1", new Uri("inproc://node-1"));

    [Fact]
    public async Task Ask_HandsTheTeachersOwnLogitsOver()
    {
        await using var line = await OpenAsync();

        var answer = await line.AskAsync(Lesson(0));
        var logits = Teacher.Given.Single();

        answer.Targets.Bytes.Overlaps(MemoryMarshal.AsBytes(logits.Values)).ShouldBeTrue();
        (await line.AskAsync(Lesson(10, count: 3))).Targets.Dispose();
        logits.Disposed.IsCompleted.ShouldBeFalse();
        answer.Targets.Dispose();
        logits.Disposed.IsCompleted.ShouldBeTrue();
    }

    private protected override Task HeardAsync(ILessonLine line) => Task.CompletedTask;
}
