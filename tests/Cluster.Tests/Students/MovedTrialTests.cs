using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using Stillhouse.StudentNode.Learning;
using Stillhouse.TeacherNode.Teaching;
using Stillhouse.Transport.Replicas;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Cluster.Tests.Students;

/// <summary>A trial that is stopped on one node and started on another goes on where it was.</summary>
public sealed class MovedTrialTests : IDisposable
{
    private static readonly NetworkTraining Student = ASmallTask.Training(epochs: 3);

    private readonly NodeServices _node = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Baseline_StoppedAfterAnEpoch_GoesOnToTheSameWeights() =>
        await GoesOnToTheSameWeightsAsync(new BaselineWork(ASmallTask.Dataset, Student));

    [Fact]
    public async Task Student_StoppedAfterAnEpoch_GoesOnToTheSameWeightsWhereverItsTeacherIs()
    {
        var (serving, outcome) = await _node.Teachers.PrepareAsync(ASmallTask.Teacher("big"), new Progress<TrialProgress>(), Cancellation);
        using var teacher = serving;
        await GoesOnToTheSameWeightsAsync(new DistillWork(
            ASmallTask.Dataset, Student, new DistillationSpec(), [Replica(teacher, outcome)]));
    }

    public void Dispose() => _node.Dispose();

    private static TeacherReplicas Replica(ServingTeacher teacher, TrainedOutcome outcome) => new(
        "big", outcome.Weights, outcome.Parameters, EnsembleWeight: 1, [new ReplicaEndpoint("node", teacher.Address)]);

    private async Task GoesOnToTheSameWeightsAsync(StudentWork work)
    {
        var undisturbed = await WorkAsync("undisturbed", work, new FollowedSteps(), Cancellation);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Should.ThrowAsync<OperationCanceledException>(
            WorkAsync("moved", work, new FollowedSteps(stopAt: ASmallTask.StepsPerEpoch, stopping), stopping.Token));
        var resumed = new FollowedSteps();
        var moved = await WorkAsync("moved", work, resumed, Cancellation);

        resumed.First.ShouldBe(ASmallTask.StepsPerEpoch);
        moved.Weights.ShouldBe(undisturbed.Weights);
        moved.Validation.ShouldBe(undisturbed.Validation);
    }

    private async Task<TrainedOutcome> WorkAsync(string trial, StudentWork work, FollowedSteps steps, CancellationToken cancellation)
    {
        var start = new StartTrial(new TrialId(new RunId("run"), trial), ASmallTask.Lease, work);
        return (TrainedOutcome)await _node.Students.WorkAsync(start, new TeacherRoster(new Unobserved()), _ => { }, steps, cancellation);
    }

    private sealed class Unobserved : ITeacherObserver
    {
        public void Waiting(string teacher, string reason)
        {
        }

        public void Resumed(string teacher)
        {
        }

        public void Failed(string teacher, ReplicaEndpoint replica, string reason)
        {
        }

        public void Refused(string teacher, ReplicaEndpoint replica, string reason)
        {
        }

        public void Quarantined(string teacher, ReplicaEndpoint replica, string reason)
        {
        }
    }
}
