using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Teaching;
using Stillhouse.Transport.Tests.Fakes;

namespace Stillhouse.Transport.Tests.Channels;

public sealed class LessonLinesExtensionsTests
{
    [Fact]
    public async Task Services_OfBothSidesInOneHost_ShareTheServedTeachers()
    {
        await using var services = new ServiceCollection().AddLogging().AddLessonLines().AddTeaching().BuildServiceProvider();
        using var registration = services.GetRequiredService<ServedTeachers>().Add(new FakeTeacher());

        await using var line = await services.GetRequiredService<ILineOpener>().OpenAsync(
            new ReplicaEndpoint("node-1", new Uri("inproc://node-1")), Students.Agreement, TestContext.Current.CancellationToken);

        line.Width.ShouldBe(FakeTeacher.LogitsPerSample);
    }

    [Fact]
    public async Task Options_OutOfBounds_AreRefused()
    {
        await using var services = new ServiceCollection()
            .AddLessonLines()
            .AddTeaching()
            .Configure<LineOptions>(options => options.FrameBytes = 0)
            .Configure<TeachingOptions>(options => options.MaximumStreams = 0)
            .BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<LineOptions>>().Value)
            .Message.ShouldContain(nameof(LineOptions.FrameBytes));
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<TeachingOptions>>().Value)
            .Message.ShouldContain(nameof(TeachingOptions.MaximumStreams));
    }
}
