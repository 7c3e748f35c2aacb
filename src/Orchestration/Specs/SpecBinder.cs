using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>
/// Makes spec records of what a person wrote. Keys, defaults, bounds and variants are read off the records themselves;
/// everything that does not fit becomes a problem, and binding goes on.
/// </summary>
public sealed class SpecBinder
{
    private readonly List<SpecProblem> _problems = [];
    private readonly List<Bound<object>> _values = [];

    private SpecBinder()
    {
    }

    /// <summary>Binds a whole spec.</summary>
    public static BoundSpec Bind(SpecMapping root)
    {
        var binder = new SpecBinder();
        var complete = binder.TryBindRecord(root, typeof(RunSpec), hasKind: false, out var spec);
        return new BoundSpec(complete ? (RunSpec)spec : null, root, binder._values, binder._problems);
    }

    private bool TryBind(SpecNode node, SpecField field, Type type, out object? value)
    {
        value = null;
        if (node is SpecScalar { IsNull: true } && field.IsNullable)
        {
            return true;
        }

        var bound = node switch
        {
            SpecSequence sequence when SpecSchema.ElementOf(type) is { } element => TryBindList(sequence, field, element, out value),
            SpecMapping mapping when SpecSchema.VariantsOf(type).Count > 0 => TryBindVariant(mapping, field, type, out value),
            SpecMapping mapping when IsRecord(type) => TryBindRecord(mapping, type, hasKind: false, out value),
            SpecScalar scalar when SpecScalars.TryParse(scalar, field, type, out value) => true,
            _ => Refuse(node, field, type),
        };
        if (bound)
        {
            _values.Add(new Bound<object>(node.Place, value!));
        }

        return bound;
    }

    private bool TryBindRecord(SpecMapping mapping, Type type, bool hasKind, out object record)
    {
        record = Activator.CreateInstance(type)!;
        var fields = SpecSchema.FieldsOf(record);
        ReportStrangeKeys(mapping, fields, hasKind);
        var complete = true;
        foreach (var field in fields)
        {
            complete &= TryBindField(mapping, field, record);
        }

        return complete;
    }

    private bool TryBindField(SpecMapping mapping, SpecField field, object record)
    {
        var path = Child(mapping, field.Key);
        if (mapping.Find(field.Key) is { } node)
        {
            if (TryBind(node, field, field.Type, out var value))
            {
                field.Set(record, value);
                return true;
            }
        }
        else if (field.IsRequired)
        {
            _problems.Add(new SpecProblem(
                path,
                "nothing",
                SpecWords.Allowed(field, field.Type),
                $"add '{field.Key}:' ({field.Description})"));
        }
        else if (field.Default is { } value)
        {
            _values.Add(new Bound<object>(path, value));
        }

        return !field.IsRequired;
    }

    private bool TryBindVariant(SpecMapping mapping, SpecField field, Type type, out object? record)
    {
        record = null;
        var variants = SpecSchema.VariantsOf(type);
        var node = mapping.Find(SpecSchema.KindKey);
        var kind = node is null ? SpecSchema.KindOf(field.Default, type) : (node as SpecScalar)?.Text;
        if (kind is not null && variants.TryGetValue(kind, out var variant))
        {
            return TryBindRecord(mapping, variant, hasKind: true, out record);
        }

        var allowed = SpecWords.Either([.. variants.Keys]);
        var nearest = kind is null ? null : Nearest.To(kind, variants.Keys);
        _problems.Add(new SpecProblem(
            node?.Place ?? Child(mapping, SpecSchema.KindKey),
            node?.Describe() ?? "nothing",
            allowed,
            nearest is null ? $"write 'kind: {variants.Keys.First()}' or another kind ({field.Description})" : $"write 'kind: {nearest}'"));
        if (nearest is not null)
        {
            // What the person most likely meant tells whether the other keys are right.
            _ = TryBindRecord(mapping, variants[nearest], hasKind: true, out _);
        }

        return false;
    }

    private bool TryBindList(SpecSequence sequence, SpecField field, Type element, out object? list)
    {
        var items = Array.CreateInstance(element, sequence.Items.Count);
        list = items;
        var complete = true;
        for (var i = 0; i < items.Length; i++)
        {
            complete &= TryBind(sequence.Items[i], field, element, out var item);
            items.SetValue(item, i);
        }

        var fits = items.Length >= field.MinimumLength && items.Length <= field.MaximumLength;
        return fits ? complete : Refuse(sequence, field, field.Type);
    }

    private void ReportStrangeKeys(SpecMapping mapping, IReadOnlyList<SpecField> fields, bool hasKind)
    {
        string[] valid = [.. hasKind ? [SpecSchema.KindKey] : Array.Empty<string>(), .. fields.Select(field => field.Key)];
        var seen = new Dictionary<string, Place>();
        foreach (var entry in mapping.Entries)
        {
            if (!valid.Contains(entry.Key))
            {
                var nearest = Nearest.To(entry.Key, valid);
                _problems.Add(new SpecProblem(
                    entry.Place,
                    "an unknown key",
                    SpecWords.Either(valid),
                    nearest is null ? "remove it" : $"write '{nearest}'"));
            }
            else if (!seen.TryAdd(entry.Key, entry.Place))
            {
                var first = seen[entry.Key];
                _problems.Add(new SpecProblem(entry.Place, "the same key again", "each key once", $"keep this one or the one in line {first.Line}"));
            }
        }
    }

    private bool Refuse(SpecNode node, SpecField field, Type type)
    {
        _problems.Add(new SpecProblem(node.Place, node.Describe(), SpecWords.Allowed(field, type), SpecWords.Remedy(field)));
        return false;
    }

    private static bool IsRecord(Type type) => type.IsClass && type != typeof(string);

    private static Place Child(SpecMapping mapping, string key) =>
        mapping.Place with { Path = mapping.Place.Path.Length == 0 ? key : $"{mapping.Place.Path}.{key}" };
}
