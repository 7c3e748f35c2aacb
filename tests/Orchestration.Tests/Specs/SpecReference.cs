using System.Text;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

/// <summary>The keys of the spec as Markdown tables, read off the records: one section per record, outer ones first.</summary>
internal sealed class SpecReference
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<Type> _written = [];
    private readonly Queue<(string Title, string Meaning, Type Type)> _ahead = [];

    private SpecReference()
    {
    }

    public static string Write()
    {
        var reference = new SpecReference();
        reference._ahead.Enqueue(("The spec", "the whole file", typeof(RunSpec)));
        while (reference._ahead.TryDequeue(out var section))
        {
            reference.WriteSection(section.Title, section.Meaning, section.Type);
        }

        return reference._text.ToString();
    }

    private void WriteSection(string title, string meaning, Type type)
    {
        if (!_written.Add(type))
        {
            return;
        }

        var fields = SpecSchema.FieldsOf(Activator.CreateInstance(type)!);
        _text.Append($"\n## {title}\n\n{char.ToUpperInvariant(meaning[0])}{meaning[1..]}.{(fields.Count == 0 ? " It has no keys." : "")}\n");
        if (fields.Count > 0)
        {
            _text.Append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
        }

        foreach (var field in fields)
        {
            _text.Append($"| `{field.Key}` | {SpecWords.Allowed(field, field.Type)} | {Default(field)} | {field.Description} |\n");
        }

        foreach (var field in fields)
        {
            Enqueue(field);
        }
    }

    private void Enqueue(SpecField field)
    {
        var type = SpecSchema.ElementOf(field.Type) ?? field.Type;
        var variants = SpecSchema.VariantsOf(type);
        foreach (var (kind, variant) in variants)
        {
            _ahead.Enqueue(($"`{field.Key}` with `kind: {kind}`", field.Description, variant));
        }

        if (variants.Count == 0 && type.Namespace == typeof(RunSpec).Namespace)
        {
            _ahead.Enqueue((type == field.Type ? $"`{field.Key}`" : $"Each of `{field.Key}`", field.Description, type));
        }
    }

    private static string Default(SpecField field) =>
        field.IsRequired ? "required"
        : SpecWords.Default(field) is { } value ? $"`{value}`"
        : field.IsNullable ? "none"
        : "the defaults of its keys";
}
