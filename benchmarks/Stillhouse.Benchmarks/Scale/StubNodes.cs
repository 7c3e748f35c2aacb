using Akka.Actor;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Randomness;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Teachers;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Benchmarks.Scale;

/// <summary>In place of all nodes: reports every epoch of a trial, and its end, as soon as it is told to start.</summary>
internal sealed class StubNodes : ReceiveActor
{
    private static readonly Measurement Measured = new()
    {
        Accuracy = 0.9, Errors = 10, Samples = 100, Parameters = 1_000, ExpectedCalibrationError = 0.1, LatencyMilliseconds = 1, LatencyBatchSize = 128,
    };

    private static readonly LessonsReport Lessons = new(0, 0, new HitsReport(0, 0, 0, 0, 0, 0, 0), 0, 0, [], Quorum: null);

    private long _decisions;

    public StubNodes()
    {
        Receive<StartTeacher>(start => Decide(new TeacherServing(
            start.Trial, Trained(start.Trial), new ReplicaEndpoint("teacher", new Uri("http://localhost:1")))));
        Receive<StartTrial>(Train);
        Receive<HowMany>(_ => Sender.Tell(_decisions));
        ReceiveAny(_ => { });
    }

    private void Train(StartTrial start)
    {
        Decide(new TrialStarted(start.Trial, start.Lease));
        if (start.Work is EvaluateWork)
        {
            Decide(new TrialFinished(start.Trial, new EvaluatedOutcome(
                [Measured], Measured, Measured, Measured, new Fidelity(1, 0), new Fidelity(1, 0))));
            return;
        }

        double[] curve = [Accuracy(start.Trial, 1), Accuracy(start.Trial, 2), Accuracy(start.Trial, 3)];
        for (var epoch = 1; epoch <= curve.Length; epoch++)
        {
            Decide(new TrialProgressed(
                start.Trial, start.Lease, new TrialProgress(epoch, curve.Length, epoch, curve.Length, 1, curve[epoch - 1], 1, 0, epoch, curve[..epoch])));
        }

        Decide(new TrialFinished(start.Trial, Trained(start.Trial)));
    }

    private void Decide(object report)
    {
        _decisions++;
        Sender.Tell(report);
    }

    private static TrainedOutcome Trained(TrialId trial) =>
        new(Digest.Of(System.Text.Encoding.UTF8.GetBytes(trial.Name)), 1_000, Accuracy(trial, 3), new TrainingPace(1, 1, 0))
        {
            Probe = Digest.Of("probe"u8),
            Lessons = Lessons,
        };

    /// <summary>Made up, and the same for the same trial.</summary>
    private static double Accuracy(TrialId trial, int epoch) =>
        1 - ((SplitMix64.At(Seeds.Derive(1, trial.Name), 0, 0) >> 40) * (1.0 / (1 << 24)) / epoch);

    /// <summary>Asks how many reports were made.</summary>
    public sealed class HowMany
    {
        public static readonly HowMany Instance = new();
    }
}
