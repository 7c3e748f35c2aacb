using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Teaching;
using Stillhouse.Transport.Tests.Fakes;
using static Stillhouse.Transport.Tests.Fakes.Students;

namespace Stillhouse.Transport.Tests.Channels;

public sealed class InProcessChannelTests : TeacherChannelContract
{
    private protected override ServedTeachers Served { get; } = new();

    private protected override TeacherEndpoint Endpoint { get; } = new("oak", FakeTeacher.Weights, 1_000, new Uri("inproc://node-1"));

    [Fact]
    public async Task Ask_HandsTheTeachersOwnLogitsOver()
    {
        await using var channel = await OpenAsync(credits: 1);

        var answer = await channel.AskAsync(Lesson(0), TestContext.Current.CancellationToken);

        answer.Logits.ShouldBeSameAs(Teacher.Given.Single());
        answer.Dispose();
        Teacher.Given.Single().Disposed.IsCompleted.ShouldBeTrue();
    }
}
