using CsCheck;
using Stillhouse.Messages.Nodes;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Replicas;
using Stillhouse.Orchestration.Runs;
using Stillhouse.Orchestration.Tests.Runs;

namespace Stillhouse.Orchestration.Tests.Replicas;

/// <summary>Whatever happens to nodes and replicas, and in whatever order.</summary>
public class ReplicaPropertyTests
{
    private const int Wanted = 2;

    private static readonly string[] Teachers = ["teacher-1", "teacher-2"];
    private static readonly string[] Nodes = ["t1", "t2", "t3", "t4"];

    private static readonly Gen<Action<ARun>> AnyStep = Gen.Select(Gen.Int[0, 6], One(Teachers), One(Nodes), Step);

    [Fact]
    public void AnyHistory_KeepsAsManyReplicasAsAreWantedAndPossible() => AfterEveryStep(run =>
    {
        foreach (var teacher in Teachers)
        {
            var entries = run.State!.Replicas.Of(teacher).ToArray();
            var live = entries.Where(replica => replica.IsLive).ToArray();
            var able = run.Nodes.Teachers.Where(node => entries.All(replica => replica.Node != node || Serves(replica, run.Now))).ToArray();

            entries.Select(replica => replica.Node).ShouldBeUnique();
            live.ShouldAllBe(replica => run.Nodes.Teachers.Contains(replica.Node));
            live.Length.ShouldBe(Math.Min(Wanted, able.Length));
        }
    });

    [Fact]
    public void AnyHistory_NeverAsksAQuarantinedNodeAgain() => AfterEveryStep(run =>
    {
        var barred = new HashSet<(string, string)>();
        foreach (var fact in run.History)
        {
            switch (fact)
            {
                case RunEvents.ReplicaQuarantined quarantined:
                    barred.Add((quarantined.Trial, quarantined.Node)).ShouldBeTrue();
                    break;
                case RunEvents.ReplicaDispatched dispatched:
                    barred.ShouldNotContain((dispatched.Trial, dispatched.Node));
                    break;
            }
        }
    });

    [Fact]
    public void AnyHistory_LeavesTheRunGoingAndReplaysToTheSameReplicas() => AfterEveryStep(run =>
    {
        run.State!.Status.ShouldBe(RunStatus.Running);
        run.History.Aggregate((RunState?)null, RunLedger.Apply)!.Replicas.Entries.ShouldBe(run.State.Replicas.Entries);
    });

    private static bool Serves(ReplicaState replica, DateTimeOffset now) =>
        replica.IsLive || (replica.Status == ReplicaStatus.Broken && now - replica.Since >= ReplicaPlacement.RetryDelay);

    private static void AfterEveryStep(Action<ARun> check) =>
        AnyStep.List[0, 30].Sample(steps =>
        {
            var run = ARun.Distilling(Wanted);
            foreach (var step in steps)
            {
                step(run);
                check(run);
            }
        });

    private static Action<ARun> Step(int what, string teacher, string node) => what switch
    {
        0 => run => run.NodesBecome(run.Nodes.With(node, NodeRole.Teacher, ARun.Threads)),
        1 => run => run.NodesBecome(run.Nodes.Without(node)),
        2 => run => run.ReplicaServes(teacher, node),
        3 => run => run.ReplicaFails(teacher, node),
        4 => run => run.ReplicaFails(teacher, node, quarantined: true),
        5 => run => run.Accuse(teacher, node),
        _ => run => run.Passes(ReplicaPlacement.RetryDelay / 2),
    };

    private static Gen<string> One(string[] names) => Gen.Int[0, names.Length - 1].Select(index => names[index]);
}
