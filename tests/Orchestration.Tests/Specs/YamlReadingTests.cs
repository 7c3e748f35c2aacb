using Stillhouse.Coordinator.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

public class YamlReadingTests
{
    [Theory]
    [InlineData("", "spec.yaml: found nothing; allowed a mapping with")]
    [InlineData("# only a comment\n", "spec.yaml: found nothing; allowed a mapping with")]
    [InlineData("- a\n- b\n", "spec.yaml:1:1: found a list of 2; allowed a mapping with")]
    [InlineData("just text", "spec.yaml:1:1: found 'just text'; allowed a mapping with")]
    [InlineData("name: a\nseed: [1\n", "spec.yaml:3:1: found text that is not YAML (")]
    [InlineData("name: a\n\tseed: 1\n", "spec.yaml:1:7: found text that is not YAML (")]
    [InlineData("name: &n a\n", "spec.yaml:1:7 name: found the anchor &n; allowed values written out; remove the anchor")]
    [InlineData("name: !!str a\n", "spec.yaml:1:7 name: found the tag tag:yaml.org,2002:str; allowed values without tags;")]
    [InlineData("? [a]\n: b\n", "spec.yaml:1:3: found a key that is not text;")]
    [InlineData("name: a\n---\nname: b\n", "spec.yaml:2:1: found a second document; allowed one spec per file;")]
    public void Read_WhatIsNoSpec_IsOneProblemAtItsPlace(string yaml, string line) =>
        SpecText.Problems(yaml).ShouldHaveSingleItem().ShouldStartWith(line);

    [Fact]
    public void Read_AnAlias_IsRefusedWhereItStands() =>
        SpecText.Problems("name: &n a\nseed: *n\n").ShouldContain(
            "spec.yaml:2:7 seed: found the alias *n; allowed values written out; repeat the value here; for equal teachers use count");

    [Fact]
    public void Read_DeepNesting_IsRefusedWithoutRecursion()
    {
        var deep = $"name: {new string('[', 5_000)}{new string(']', 5_000)}";

        SpecText.Problems(deep).ShouldHaveSingleItem().ShouldContain("found deeper nesting; allowed 32 levels;");
    }

    [Fact]
    public void ReadFile_ThatIsNotThere_IsAProblemOfTheFile() =>
        FileProblem("no/such.yaml").ShouldBe(
            "no/such.yaml: found no such file; allowed a readable YAML file; check the path and its permissions");

    [Fact]
    public void ReadFile_ThatIsAFolder_IsAProblemOfTheFile() =>
        FileProblem(AppContext.BaseDirectory).ShouldContain(": found a folder; allowed a readable YAML file;");

    [Fact]
    public void ReadFile_TooLarge_IsAProblemOfTheFile()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new byte[YamlSpecReader.MaximumBytes + 1]);

            FileProblem(path).ShouldContain(": found a file of 1048577 bytes; allowed up to 1048576 bytes;");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string FileProblem(string path)
    {
        var problems = new List<SpecProblem>();
        YamlSpecReader.ReadFile(path, problems).ShouldBeNull();
        return problems.ShouldHaveSingleItem().ToString();
    }
}
