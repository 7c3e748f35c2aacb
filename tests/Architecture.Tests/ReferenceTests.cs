namespace Stillhouse.Architecture.Tests;

/// <summary>Who may refer to whom; docs/architecture.md draws the same table.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Messages"] = [],
        ["Orchestration"] = ["Messages"],
        ["Distillation"] = ["Messages"],
        ["Transport"] = ["Messages"],
        ["Hosting"] = ["Messages", "Transport"],
        ["Coordinator"] = ["Messages", "Orchestration", "Transport", "Hosting"],
        ["TeacherNode"] = ["Messages", "Distillation", "Transport", "Hosting"],
        ["StudentNode"] = ["Messages", "Distillation", "Transport", "Hosting"],
        ["Cli"] = ["Messages", "Orchestration", "Distillation", "Transport", "Hosting", "Coordinator", "TeacherNode", "StudentNode"],
    };

    public static TheoryData<string> ProjectNames => [.. Repository.Projects.Keys];

    [Fact]
    public void Source_HasTheProjectsOfTheTable() => Repository.Projects.Keys.ShouldBe(Allowed.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void Project_RefersOnlyInward(string name) =>
        Repository.Projects[name].References.Except(Allowed[name]).ShouldBeEmpty();

    [Theory]
    [InlineData("Messages")]
    [InlineData("Orchestration")]
    public void PureProject_UsesNothingButTheBaseClassLibrary(string name) => Repository.Projects[name].Packages.ShouldBeEmpty();

    [Fact]
    public void Torch_IsReferencedByDistillationAlone() =>
        Repository.Projects.Values
            .Where(project => project.Packages.Any(package => package.Contains("torch", StringComparison.OrdinalIgnoreCase)))
            .Select(project => project.Name)
            .ShouldBe(["Distillation"]);

    [Fact]
    public void Distillation_KnowsNoActors() =>
        Repository.Projects["Distillation"].Packages.ShouldNotContain(package => package.StartsWith("Akka", StringComparison.Ordinal));

    [Fact]
    public void Coordinator_DoesNotReachTorch() => Closure("Coordinator").ShouldNotContain("Distillation");

    private static HashSet<string> Closure(string name)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([name]);
        while (open.TryPop(out var next))
        {
            foreach (var reference in Repository.Projects[next].References.Where(reached.Add))
            {
                open.Push(reference);
            }
        }

        return reached;
    }
}
