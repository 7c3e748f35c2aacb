using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Stillhouse.Architecture.Tests;

/// <summary>README and docs speak of what is there. Paths are checked wherever they stand: links, tables, code.</summary>
public partial class PageTests
{
    public static TheoryData<string> Pages => [.. SourceTree.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_LeadSomewhere(string page) =>
        Link().Matches(SourceTree.Read(page))
            .Select(link => link.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Leads(page, target))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Paths_AreThere(string page) =>
        RepositoryPath().Matches(SourceTree.Read(page))
            .Select(path => path.Value.TrimEnd('.', '/'))
            .Where(path => !IsThere(path))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Pages))]
    public void FileNames_AreThoseOfFiles(string page) =>
        FileName().Matches(SourceTree.Read(page))
            .Select(name => name.Groups["name"].Value)
            .Where(name => !SourceTree.Files.Any(file => Path.GetFileName(file) == name))
            .ShouldBeEmpty();

    [Fact]
    public void Glossary_AnchorsEveryWordInTheCode()
    {
        var entries = SourceTree.Read("docs/glossary.md").Split('\n').Where(line => line.StartsWith('|')).Skip(2).ToArray();

        entries.ShouldNotBeEmpty();
        entries.Where(entry => !RepositoryPath().IsMatch(entry)).ShouldBeEmpty();
    }

    /// <summary>The worked example of a loss is the code itself.</summary>
    [Fact]
    public void ANewLoss_ShowsCodeOfTheSources()
    {
        string[] shown = [.. CodeBlock().Matches(SourceTree.Read("docs/methods/a-new-loss.md")).Select(block => block.Groups["code"].Value)];

        shown.Length.ShouldBe(4);
        shown.Where(code => !SourceTree.Code.Any(file => SourceTree.Read(file).Contains(code, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Losses_HaveAPageAndAnExampleEach()
    {
        string[] kinds = [.. Kind().Matches(SourceTree.Read("src/Messages/Specs/LossSpec.cs")).Select(kind => kind.Groups["kind"].Value)];

        kinds.ShouldNotBeEmpty();
        kinds.Where(kind => !SourceTree.Pages.Contains($"docs/methods/{kind}.md")).ShouldBeEmpty();
        kinds.Where(kind => !SourceTree.Files.Contains($"examples/losses/{kind}.yaml")).ShouldBeEmpty();
    }

    private static bool Leads(string page, string target)
    {
        var (path, anchor) = target.Split('#') is [var before, var after] ? (before, after) : (target, null);
        var file = path.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, path);
        return Path.Exists(SourceTree.Absolute(file)) && (anchor is null || Anchors(SourceTree.Read(file)).Contains(anchor));
    }

    private static bool IsThere(string path) =>
        path.Contains('*', StringComparison.Ordinal)
            ? SourceTree.Files.Any(file => FileSystemName.MatchesSimpleExpression(path, file))
            : Path.Exists(SourceTree.Absolute(path));

    /// <summary>Headings as links write them: lower case, spaces as dashes, no punctuation.</summary>
    private static IEnumerable<string> Anchors(string text) =>
        Heading().Matches(text).Select(heading =>
            Punctuation().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w./-])(src|tests|benchmarks|build|deploy|docs|examples|\.ci)/[\w./*-]*[\w*]")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"`(?<name>\w[\w.-]*\.(cs|proto|conf|csproj))`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"JsonDerivedType\(typeof\(\w+\), ""(?<kind>[\w-]+)""\)")]
    private static partial Regex Kind();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
