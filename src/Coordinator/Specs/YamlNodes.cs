using Stillhouse.Orchestration.Specs;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Stillhouse.Coordinator.Specs;

/// <summary>
/// Turns YAML's events into nodes. Anchors, aliases and tags are refused: a spec reads the same from top to bottom, and
/// cannot grow beyond its text.
/// </summary>
internal sealed class YamlNodes(TextReader text, Func<Mark, string, Place> place, ICollection<SpecProblem> problems)
{
    private const int MaximumDepth = 32;

    private readonly Parser _parser = new(text);

    /// <summary>The only document's root, or null for an empty text.</summary>
    /// <exception cref="YamlException">The text is not YAML.</exception>
    public SpecNode? ReadDocument(string path)
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var root = Read(path, 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
        {
            Refuse(second.Start, "", "a second document", "one spec per file", "remove what follows the line '---'");
        }

        return root;
    }

    private SpecNode Read(string path, int depth)
    {
        var start = _parser.Current!.Start;
        if (depth > MaximumDepth)
        {
            Refuse(start, path, "deeper nesting", $"{MaximumDepth} levels", "flatten it");
            _parser.SkipThisAndNestedEvents();
            return new SpecScalar(place(start, path), "", IsQuoted: false);
        }

        RefuseSharing(path);
        return _parser.Current switch
        {
            MappingStart => ReadMapping(path, depth),
            SequenceStart => ReadSequence(path, depth),
            _ => ReadScalar(path),
        };
    }

    private SpecMapping ReadMapping(string path, int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<SpecEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var mark = _parser.Current!.Start;
            var isText = _parser.Current is Scalar;
            var key = isText ? _parser.Consume<Scalar>().Value : "?";
            var below = path.Length == 0 ? key : $"{path}.{key}";
            if (!isText)
            {
                Refuse(mark, path, "a key that is not text", "text before the colon", "write a plain key");
                _parser.SkipThisAndNestedEvents();
            }

            entries.Add(new SpecEntry(key, place(mark, below), Read(below, depth + 1)));
        }

        return new SpecMapping(place(start.Start, path), entries);
    }

    private SpecSequence ReadSequence(string path, int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<SpecNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Read($"{path}[{items.Count}]", depth + 1));
        }

        return new SpecSequence(place(start.Start, path), items);
    }

    private SpecScalar ReadScalar(string path)
    {
        var mark = _parser.Current!.Start;
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            Refuse(mark, path, $"the alias *{alias.Value}", "values written out", "repeat the value here; for equal teachers use count");
            return new SpecScalar(place(mark, path), "", IsQuoted: false);
        }

        var scalar = _parser.Consume<Scalar>();
        return new SpecScalar(place(mark, path), scalar.Value, scalar.Style != ScalarStyle.Plain);
    }

    private void RefuseSharing(string path)
    {
        if (_parser.Current is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            Refuse(anchored.Start, path, $"the anchor &{anchored.Anchor.Value}", "values written out", "remove the anchor");
        }

        if (_parser.Current is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            Refuse(tagged.Start, path, $"the tag {tagged.Tag.Value}", "values without tags", "remove the tag");
        }
    }

    private void Refuse(Mark mark, string path, string found, string allowed, string remedy) =>
        problems.Add(new SpecProblem(place(mark, path), found, allowed, remedy));
}
