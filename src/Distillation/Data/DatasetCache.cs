using System.Collections.Concurrent;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Distillation.Data;

/// <summary>
/// The datasets of one node, shared by all its trials and replicas. Each is loaded once, however many ask at the same
/// time. The one asked for last stays in memory, others for as long as somebody uses them.
/// </summary>
public sealed class DatasetCache(Func<DataSpec, Dataset> load)
{
    private readonly ConcurrentDictionary<DatasetReference, Entry> _entries = new();
    private Dataset? _latest;

    public DatasetCache() : this(DatasetLoader.Load)
    {
    }

    /// <summary>
    /// Loads the dataset or waits for whoever is loading it; call it from a trial's own thread, not from an actor.
    /// A failure is not remembered: the next call tries again.
    /// </summary>
    /// <exception cref="DataException">Something is wrong with the data, or it is not the one that was asked for.</exception>
    public Dataset Get(DatasetReference reference)
    {
        var dataset = _entries.GetOrAdd(reference, _ => new Entry()).GetOrLoad(() => Load(reference));
        Volatile.Write(ref _latest, dataset);
        return dataset;
    }

    private Dataset Load(DatasetReference reference)
    {
        var dataset = load(reference.Source);
        return dataset.Digest == reference.Digest
            ? dataset
            : throw new DataException(new DataProblem(
                reference.Source is IdxDataSpec idx ? idx.Path : $"{dataset.Kind} dataset",
                dataset.Digest.ToString(),
                reference.Digest.ToString(),
                "Give this node the same files and the same version of Stillhouse as the one that submitted the run."));
    }

    private sealed class Entry
    {
        private readonly Lock _loading = new();
        private readonly WeakReference<Dataset?> _dataset = new(null);

        public Dataset GetOrLoad(Func<Dataset> load)
        {
            lock (_loading)
            {
                if (!_dataset.TryGetTarget(out var dataset))
                {
                    _dataset.SetTarget(dataset = load());
                }

                return dataset;
            }
        }
    }
}
