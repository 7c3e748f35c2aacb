using Akka.Actor;
using Stillhouse.Coordinator.Nodes;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunEvents;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Coordinator.Runs;

/// <summary>Sends nodes the messages that recorded facts call for.</summary>
/// <param name="students">The shard region of student trials.</param>
internal sealed class RunDispatcher(IActorRef students)
{
    /// <param name="before">The run before the fact; null at its beginning.</param>
    /// <param name="state">The run after it.</param>
    public void Act(IRunEvent fact, RunState? before, RunState state, WorkerNodes workers)
    {
        switch (fact)
        {
            case TrialDispatched dispatched:
                HandOut(dispatched.Trial, state, workers);
                break;
            case ReplicaDispatched dispatched:
                StartReplica(dispatched.Trial, dispatched.Node, state, workers);
                break;
            case ReplicaQuarantined quarantined:
                Withdraw(quarantined.Trial, quarantined.Node, state, workers);
                TellWhereTeachersAre(state);
                break;
            case ReplicaServed or ReplicaLost or ReplicaBroke or PeerServed:
            case TrialLost when state.IsLive:
                TellWhereTeachersAre(state);
                break;
            case TrialPruned pruned:
                Stop(state, pruned.Trial);
                break;
            case RunEnded or RunBroke or RunStopped or RunPaused:
                Release(before!, workers);
                break;
        }
    }

    /// <summary>Says again what nobody has said to have heard: any message may get lost.</summary>
    public void Repeat(RunState state, WorkerNodes workers, RunContacts contacts, DateTimeOffset now)
    {
        if (state.Status != RunStatus.Running)
        {
            return;
        }

        foreach (var name in state.Held)
        {
            if (state[name].Status == TrialStatus.Dispatched || !contacts.HasHeardOf(name, now))
            {
                HandOut(name, state, workers);
            }
        }

        foreach (var replica in state.Replicas.Live.Where(replica => replica.Status == ReplicaStatus.Dispatched || !contacts.HasHeardOf(replica)))
        {
            StartReplica(replica.Teacher, replica.Node, state, workers);
        }

        foreach (var replica in state.Replicas.Quarantined)
        {
            Withdraw(replica.Teacher, replica.Node, state, workers);
        }

        TellWhereTeachersAre(state);
    }

    private void HandOut(string trial, RunState state, WorkerNodes workers)
    {
        var id = new TrialId(state.Run, trial);
        if (state.IsTeacher(trial))
        {
            workers.TeacherHost(state[trial].Node)?.Tell(new StartTeacher(id, LeaseOf(state, trial), WorkOrders.ForTeacher(state, trial)));
        }
        else
        {
            students.Tell(new StartTrial(id, LeaseOf(state, trial), WorkOrders.ForStudent(state, trial)));
        }
    }

    private static void StartReplica(string teacher, string node, RunState state, WorkerNodes workers) =>
        workers.TeacherHost(node)?.Tell(new StartReplica(new TrialId(state.Run, teacher), WorkOrders.ForReplica(state, teacher)));

    private static void Withdraw(string teacher, string node, RunState state, WorkerNodes workers) =>
        workers.TeacherHost(node)?.Tell(new WithdrawReplica(new TrialId(state.Run, teacher)));

    private void TellWhereTeachersAre(RunState state)
    {
        foreach (var trial in state.Taught)
        {
            students.Tell(new TeachersMoved(new TrialId(state.Run, trial), LeaseOf(state, trial), WorkOrders.Teachers(state, trial)));
        }
    }

    private void Release(RunState before, WorkerNodes workers)
    {
        foreach (var host in workers.TeacherHosts)
        {
            host.Tell(new ReleaseTeachers(before.Run));
        }

        foreach (var name in before.Held.Where(name => !before.IsTeacher(name)))
        {
            Stop(before, name);
        }
    }

    private void Stop(RunState state, string trial) => students.Tell(new StopTrial(new TrialId(state.Run, trial), LeaseOf(state, trial)));

    private static TrialLease LeaseOf(RunState state, string trial) => new(state[trial].Node!, state[trial].Lease);
}
