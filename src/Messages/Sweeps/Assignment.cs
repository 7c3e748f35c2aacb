namespace Stillhouse.Messages.Sweeps;

/// <summary>One number of a spec and the value that a trial has there.</summary>
/// <param name="Path">For example <c>distillation.temperature</c>.</param>
public sealed record Setting(string Path, double Value)
{
    /// <summary>The last step of the path, for example <c>temperature</c> or <c>widths[1]</c>.</summary>
    internal string Key => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>Whole numbers in full, others with 4 digits.</summary>
    internal string ShortValue => double.IsInteger(Value) ? Value.ToString("F0") : Value.ToString("G4");
}

/// <summary>What sets one trial of a sweep apart from the others. Equal where settings and architecture are.</summary>
/// <param name="Settings">In the order of the sweep's parameters.</param>
/// <param name="Architecture">The position in the sweep's architectures, from 0; null where it lists none.</param>
public sealed record Assignment(IReadOnlyList<Setting> Settings, int? Architecture = null)
{
    public bool Equals(Assignment? other) =>
        other is not null && Architecture == other.Architecture && Settings.SequenceEqual(other.Settings);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Architecture);
        foreach (var setting in Settings)
        {
            hash.Add(setting);
        }

        return hash.ToHashCode();
    }

    /// <summary>For example <c>architecture=2 temperature=4 alpha=0.9</c>; keys that stand in several paths are written in full.</summary>
    public override string ToString()
    {
        var shared = Settings.GroupBy(setting => setting.Key).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        var words = Settings.Select(setting => $"{(shared.Contains(setting.Key) ? setting.Path : setting.Key)}={setting.ShortValue}");
        return string.Join(' ', Architecture is { } position ? words.Prepend($"architecture={position}") : words);
    }
}
