using Stillhouse.Coordinator.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

public class ExampleTests
{
    public static TheoryData<string> Examples => [.. Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "*.yaml", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_HasNoProblems(string path)
    {
        var problems = new List<SpecProblem>();
        var bound = SpecBinder.Bind(YamlSpecReader.ReadFile(path, problems).ShouldNotBeNull());

        problems.ShouldBeEmpty();
        bound.Problems.ShouldBeEmpty();
        SpecRules.Check(bound).ShouldBeEmpty();
        ShapeRules.Check(bound, SpecText.Mnist).ShouldBeEmpty();
    }
}
