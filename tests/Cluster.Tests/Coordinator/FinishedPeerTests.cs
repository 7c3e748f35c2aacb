using Akka.TestKit;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Runs.RunProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Cluster.Tests.Coordinator;

/// <summary>Two networks that learn side by side: one has finished when its node, the other's node and the coordinator are lost at once.</summary>
public sealed class FinishedPeerTests : RestartTests
{
    public FinishedPeerTests()
    {
        var first = Begin();
        first.Tell(
            ASubmission.Message with
            {
                Spec = ASubmission.Message.Spec with
                {
                    Teachers = [],
                    Recipe = new MutualRecipeSpec { Peers = [new PeerSpec { Model = new MlpSpec { Widths = [784, 10] } }] },
                },
            },
            TestActor);
        ExpectMsg<RunAdmitted>();
        var peer = HandedOut("peer");
        first.Tell(new PeerServes(peer.Trial, peer.Lease, ASubmission.Endpoint("s1")), Students);
        first.Tell(new TrialFinished(peer.Trial, ASubmission.Trained), Students);
        Students.FishForMessage(message => message is TrialEndRecorded);
        End(first);
    }

    [Fact]
    public void Peer_ThatHasFinished_IsHandedOutAgain_AndToldWhereTheOtherIs()
    {
        var second = Begin();

        var peer = HandedOut("peer");
        peer.Lease.ShouldBe(new TrialLease("s1", 1));
        var student = HandedOut("student");
        second.Tell(new PeerServes(student.Trial, student.Lease, ASubmission.Endpoint("s1")), Students);
        Students.FishForMessage(message =>
            message is TeachersMoved { Trial.Name: "peer" } moved && moved.Teachers.Single().Replicas.SequenceEqual([ASubmission.Endpoint("s1")]));
    }

    private StartTrial HandedOut(string trial) =>
        (StartTrial)Students.FishForMessage(message => message is StartTrial start && start.Trial.Name == trial);
}
