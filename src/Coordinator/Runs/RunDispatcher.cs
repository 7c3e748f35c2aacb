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
            case TrialDispatched { Node: { } node } dispatched:
                workers.TeacherHost(node).Tell(
                    new StartTeacher(new TrialId(state.Run, dispatched.Trial), WorkOrders.ForTeacher(state, dispatched.Trial)));
                break;
            case TrialDispatched dispatched:
                students.Tell(
                    new StartTrial(new TrialId(state.Run, dispatched.Trial), WorkOrders.ForStudent(state, dispatched.Trial)));
                break;
            case RunEnded or RunBroke or RunStopped:
                Release(state, workers);
                break;
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
