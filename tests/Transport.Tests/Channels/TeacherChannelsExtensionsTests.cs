using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Teaching;
using Stillhouse.Transport.Tests.Fakes;

namespace Stillhouse.Transport.Tests.Channels;

public sealed class TeacherChannelsExtensionsTests
{
    [Fact]
    public async Task Services_OfBothSidesInOneHost_ShareTheServedTeachers()
    {
        await using var services = new ServiceCollection().AddLogging().AddTeacherChannels().AddTeaching().BuildServiceProvider();
        using var registration = services.GetRequiredService<ServedTeachers>().Add(new FakeTeacher());

        await using var channel = await services.GetRequiredService<TeacherChannels>().OpenAsync(
            new TeacherEndpoint("oak", FakeTeacher.Weights, 1, new Uri("inproc://here")),
            FakeTeacher.Samples,
            1,
            TestContext.Current.CancellationToken);

        channel.Teacher.ShouldBe(FakeTeacher.Weights);
    }

    [Fact]
    public async Task Options_OutOfBounds_AreRefused()
    {
        await using var services = new ServiceCollection()
            .AddTeacherChannels()
            .Configure<TeacherChannelOptions>(options => options.LessonTimeout = TimeSpan.Zero)
            .BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<TeacherChannelOptions>>().Value)
            .Message.ShouldContain(nameof(TeacherChannelOptions.LessonTimeout));
    }
}
