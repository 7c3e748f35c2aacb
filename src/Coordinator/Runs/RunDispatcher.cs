using Akka.Actor;
using Stillhouse.Coordinator.Nodes;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunEvents;
using static Stillhouse.Messages.Teachers.TeacherProtocol;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Coordinator.Runs;

/// <summary>Sends nodes the messages that recorded facts call for.</summary>
/// <param name="students">The shard region of student trials.</param>
internal sealed class RunDispatcher(IActorRef students)
{
    public void Act(IRunEvent fact, RunState state, WorkerNodes workers)
    {
        switch (fact)
        {
            case TrialDispatched dispatched:
                HandOut(dispatched.Trial, state, workers);
                break;
            case RunEnded or RunBroke or RunStopped:
                Release(state, workers);
                break;
        }
    }

    /// <summary>Hands out again what nobody has said to have begun: the order, or the word that it came, was lost.</summary>
    public void Repeat(RunState state, WorkerNodes workers)
    {
        foreach (var trial in state.Trials.Where(trial => trial.Value.Status == TrialStatus.Dispatched))
        {
            HandOut(trial.Key, state, workers);
        }
    }

    private void HandOut(string trial, RunState state, WorkerNodes workers)
    {
        var id = new TrialId(state.Run, trial);
        if (state[trial].Node is { } node)
        {
            workers.TeacherHost(node).Tell(new StartTeacher(id, WorkOrders.ForTeacher(state, trial)));
        }
        else
        {
            students.Tell(new StartTrial(id, WorkOrders.ForStudent(state, trial)));
        }
    }

    private void Release(RunState state, WorkerNodes workers)
    {
        foreach (var host in workers.TeacherHosts)
        {
            host.Tell(new ReleaseTeachers(state.Run));
        }

        var stopped = state.Plan.Stages
            .Where(stage => stage.Kind != StageKind.Train && state[stage.Name].Status == TrialStatus.Stopped)
            .Select(stage => new TrialId(state.Run, stage.Name));
        foreach (var trial in stopped)
        {
            students.Tell(new StopTrial(trial));
        }
    }
}
