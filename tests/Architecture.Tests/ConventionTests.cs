using System.Text.RegularExpressions;

namespace Stillhouse.Architecture.Tests;

/// <summary>What the code looks like everywhere. Patterns are written so that they do not find themselves.</summary>
public partial class ConventionTests
{
    private const int LongestFile = 400;

    [Fact]
    public void Code_IsInFilesThatOneCanRead() =>
        SourceTree.Code.Where(file => File.ReadLines(SourceTree.Absolute(file)).Count() > LongestFile).ShouldBeEmpty();

    [Fact]
    public void Files_AreNamedAfterWhatTheyDo() =>
        SourceTree.Files.Where(file => file.Split('/', '.').Any(part => NameOfNothing().IsMatch(part))).ShouldBeEmpty();

    [Fact]
    public void Code_HidesAndPostponesNothing() => Lines(SourceTree.Code, HiddenOrPostponed()).ShouldBeEmpty();

    [Fact]
    public void Code_WaitsForEventsAndNotForATime() => Lines(SourceTree.Code, FixedDelay()).ShouldBeEmpty();

    [Fact]
    public void Texts_NameNoPackageRegistry() => Lines(SourceTree.Texts, PackageRegistry()).ShouldBeEmpty();

    private static IEnumerable<string> Lines(IEnumerable<string> files, Regex pattern) =>
        from file in files
        from line in File.ReadLines(SourceTree.Absolute(file)).Index()
        where pattern.IsMatch(line.Item)
        select $"{file}:{line.Index + 1}: {line.Item.Trim()}";

    [GeneratedRegex("(Util|Utils|Utilities|Helper|Helpers|Common|Manager|Managers)$")]
    private static partial Regex NameOfNothing();

    [GeneratedRegex(@"#[r]egion|#[p]ragma\s+warning|\bTOD[O]\b|\bFIXM[E]\b")]
    private static partial Regex HiddenOrPostponed();

    [GeneratedRegex(@"Task\.Delay\(\s*(TimeSpan\.\w+\(\s*)?\d")]
    private static partial Regex FixedDelay();

    [GeneratedRegex(@"nuget\.org|npmjs\.|pypi\.|pkgs\.dev\.azure|jfrog\.io|arti[f]actory|/v3/index\.json", RegexOptions.IgnoreCase)]
    private static partial Regex PackageRegistry();
}
