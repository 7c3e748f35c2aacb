using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Teachers.TeacherProtocol;

namespace Stillhouse.Cluster.Tests.Teachers;

/// <summary>A teacher whose training is stopped on one node and started on another goes on where it was.</summary>
public sealed class MovedTeacherTests : IDisposable
{
    private static readonly StartTeacher Start = ASmallTask.Teacher("teacher", epochs: 3);

    private readonly NodeServices _first = new();
    private readonly NodeServices _second;

    public MovedTeacherTests() => _second = _first.Neighbour();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Teacher_StoppedAfterAnEpoch_GoesOnElsewhereToTheSameWeights()
    {
        using var apart = new NodeServices();
        var undisturbed = await TrainAsync(apart, Start, new FollowedSteps());
        await StopAfterAnEpochAsync();

        var resumed = new FollowedSteps();
        var moved = await TrainAsync(_second, Start, resumed);

        resumed.First.ShouldBe(ASmallTask.StepsPerEpoch);
        moved.Weights.ShouldBe(undisturbed.Weights);
        moved.Probe.ShouldBe(undisturbed.Probe);
        moved.Validation.ShouldBe(undisturbed.Validation);
    }

    [Fact]
    public async Task Teacher_WhoseCheckpointIsOfOtherWork_BeginsAnew()
    {
        await StopAfterAnEpochAsync();

        var begun = new FollowedSteps();
        var work = Start.Work with { Network = Start.Work.Network with { Schedule = new ScheduleSpec { Block = 64 } } };
        await TrainAsync(_second, Start with { Work = work }, begun);

        begun.First.ShouldBe(0);
    }

    public void Dispose()
    {
        _second.Dispose();
        _first.Dispose();
    }

    private static async Task<TrainedOutcome> TrainAsync(NodeServices node, StartTeacher start, FollowedSteps steps)
    {
        var (teacher, outcome) = await node.Teachers.PrepareAsync(start, steps, Cancellation);
        teacher.Dispose();
        return outcome;
    }

    private async Task StopAfterAnEpochAsync()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Should.ThrowAsync<OperationCanceledException>(
            _first.Teachers.PrepareAsync(Start, new FollowedSteps(ASmallTask.StepsPerEpoch, stopping), stopping.Token));
    }
}
