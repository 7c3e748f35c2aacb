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
    private const int StepsPerEpoch = 4;

    private static readonly NetworkTraining Student = ASmallTask.Training(epochs: 3);

    private readonly NodeServices _node = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Baseline_StoppedAfterAnEpoch_GoesOnToTheSameWeights() =>
        await GoesOnToTheSameWeightsAsync(new BaselineWork(ASmallTask.Dataset, Student));

    [Fact]
    public async Task Student_StoppedAfterAnEpoch_GoesOnToTheSameWeightsWhereverItsTeacherIs()
    {
        var work = new TeacherWork("big", ASmallTask.Dataset, ASmallTask.Training(), Weights: null);
        var (serving, outcome) = await _node.Teachers.PrepareAsync(work, new Progress<TrialProgress>(), Cancellation);
        using var teacher = serving;
        await GoesOnToTheSameWeightsAsync(new DistillWork(
            ASmallTask.Dataset, Student, new DistillationSpec(), [Replica(teacher, outcome)]));
    }

    public void Dispose() => _node.Dispose();

    private static TeacherReplicas Replica(ServingTeacher teacher, TrainedOutcome outcome) => new(
        "big", outcome.Weights, outcome.Parameters, EnsembleWeight: 1, [new ReplicaEndpoint("node", teacher.Address)]);

    private async Task GoesOnToTheSameWeightsAsync(StudentWork work)
    {
        var undisturbed = await WorkAsync("undisturbed", work, new Steps(), Cancellation);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Should.ThrowAsync<OperationCanceledException>(
            WorkAsync("moved", work, new Steps(stopAt: StepsPerEpoch, stopping), stopping.Token));
        var resumed = new Steps();
        var moved = await WorkAsync("moved", work, resumed, Cancellation);

        resumed.First.ShouldBe(StepsPerEpoch);
        moved.Weights.ShouldBe(undisturbed.Weights);
        moved.Validation.ShouldBe(undisturbed.Validation);
    }

    private async Task<TrainedOutcome> WorkAsync(string trial, StudentWork work, Steps steps, CancellationToken cancellation)
    {
        var start = new StartTrial(new TrialId(new RunId("run"), trial), work);
        return (TrainedOutcome)await _node.Students.WorkAsync(start, new TeacherRoster(new Unobserved()), steps, cancellation);
    }

    /// <summary>Follows a training on its own thread, and may stop it after a step.</summary>
    private sealed class Steps(long? stopAt = null, CancellationTokenSource? stopping = null) : IProgress<TrialProgress>
    {
        public long? First { get; private set; }

        public void Report(TrialProgress value)
        {
            First ??= value.Step;
            if (value.Step == stopAt)
            {
                stopping!.Cancel();
            }
        }
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
