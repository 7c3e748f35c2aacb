using Akka.Actor;
using Stillhouse.Messages.Runs;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Coordinator.Runs;

/// <summary>Who is shown a run. Watching again is how a watcher makes sure that it has missed nothing.</summary>
internal sealed class RunWatchers(IActorRef run)
{
    private readonly HashSet<IActorRef> _watchers = [];

    public void Add(IActorRef watcher, RunSnapshot? snapshot, IRunMessage? ending)
    {
        _watchers.Add(watcher);
        Tell(watcher, snapshot is null ? null : new RunChanged(snapshot));
        Tell(watcher, ending);
    }

    public bool IsEmpty => _watchers.Count == 0;

    public void Remove(IActorRef watcher) => _watchers.Remove(watcher);

    public void Show(RunSnapshot? snapshot)
    {
        foreach (var watcher in _watchers)
        {
            Tell(watcher, snapshot is null ? null : new RunChanged(snapshot));
        }
    }

    public void End(IRunMessage? ending)
    {
        foreach (var watcher in _watchers)
        {
            Tell(watcher, ending);
        }
    }

    private void Tell(IActorRef watcher, IRunMessage? message)
    {
        if (message is not null)
        {
            watcher.Tell(message, run);
        }
    }
}
