using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Tests.Fakes;

namespace Stillhouse.Transport.Tests.Teaching;

/// <summary>A teacher with narrow limits, and a well-behaved student beside the one that is tested.</summary>
public abstract class TeachingTests : IAsyncLifetime
{
    protected const int MostOpenLessons = 4;
    protected const int MostRequestBytes = 2_048;

    private TeacherHost? _host;
    private ILessonLine? _bystander;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected FakeTeacher Teacher { get; } = new();

    private protected TeacherHost Host => _host!;

    private protected ILessonLine Bystander => _bystander!;

    public async ValueTask InitializeAsync()
    {
        _host = await TeacherHost.StartAsync(configure: options =>
        {
            options.MaximumOpenLessons = MostOpenLessons;
            options.MaximumRequestBytes = MostRequestBytes;
            options.MaximumFrameBytes = 2_000;
            options.MaximumCreditBytes = 3_000;
        });
        Host.Teachers.Add(Teacher);
        _bystander = await Students.Student().OpenAsync(Host.Endpoint, Students.Agreement, Cancellation);
    }

    /// <summary>Whatever a test has done: the student beside it is still taught.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Teacher.Gate = Task.CompletedTask;
        (await Bystander.AskAsync(Students.Lesson(700))).Targets.Dispose();
        await Bystander.DisposeAsync();
        await Host.DisposeAsync();
    }
}
