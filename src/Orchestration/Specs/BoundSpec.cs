using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>A value of the spec with the place where it was written.</summary>
public readonly record struct Bound<T>(Place Place, T Value);

/// <summary>
/// A spec after binding, sound or not. A faulty optional field holds its default here, so that rules find as much as
/// they can in the rest.
/// </summary>
public sealed class BoundSpec
{
    private readonly IReadOnlyList<Bound<object>> _values;
    private readonly Dictionary<string, Place> _places = [];

    internal BoundSpec(RunSpec? spec, SpecMapping root, IReadOnlyList<Bound<object>> values, IReadOnlyList<SpecProblem> problems)
    {
        Spec = problems.Count == 0 ? spec : null;
        Problems = problems;
        Root = root;
        _values = values;
        AddPlaces(root);
    }

    /// <summary>Null where there are problems.</summary>
    public RunSpec? Spec { get; }

    /// <summary>Everything that binding found.</summary>
    public IReadOnlyList<SpecProblem> Problems { get; }

    /// <summary>What was bound.</summary>
    internal SpecMapping Root { get; }

    /// <summary>All values of a type that could be bound, in the order of the schema.</summary>
    public IEnumerable<Bound<T>> All<T>() =>
        from bound in _values
        where bound.Value is T
        select new Bound<T>(bound.Place, (T)bound.Value);

    /// <summary>The value at a path, or null where none could be bound.</summary>
    public Bound<T>? Find<T>(string path)
    {
        var found = All<T>().Where(bound => bound.Place.Path == path).ToArray();
        return found.Length > 0 ? found[0] : null;
    }

    /// <summary>Where a path stands; for one that was not written, where the nearest thing around it stands.</summary>
    public Place PlaceOf(string path)
    {
        var around = path;
        while (!_places.ContainsKey(around) && around.Length > 0)
        {
            around = around[..Math.Max(0, around.LastIndexOfAny(['.', '[']))];
        }

        return _places[around] with { Path = path };
    }

    /// <summary>Whether binding found a fault at this path or below it.</summary>
    public bool IsFaulty(string path) =>
        Problems.Any(problem => problem.Place.Path.StartsWith(path, StringComparison.Ordinal)
            && (problem.Place.Path.Length == path.Length || problem.Place.Path[path.Length] is '.' or '['));

    private void AddPlaces(SpecNode node)
    {
        _places.TryAdd(node.Place.Path, node.Place);
        var children = node switch
        {
            SpecMapping mapping => mapping.Entries.Select(entry => entry.Value),
            SpecSequence sequence => sequence.Items,
            _ => [],
        };
        foreach (var child in children)
        {
            AddPlaces(child);
        }
    }
}
