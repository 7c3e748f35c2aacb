using Stillhouse.Cli.Running;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Tests.Running;

public class NodeCountsTests
{
    [Theory]
    [InlineData("coordinators=1,teachers=3,students=1", 1, 3, 1)]
    [InlineData("students=2, coordinators=3", 3, 1, 2)]
    [InlineData("teachers=256", 1, 256, 1)]
    public void Read_Counts_TakesOneWhereARoleIsLeftOut(string text, int coordinators, int teachers, int students)
    {
        var problems = new List<SpecProblem>();

        NodeCounts.Read(text, problems).ShouldBe(new NodeCounts(coordinators, teachers, students));
        problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("teacher=3", "--nodes teacher: found the unknown role 'teacher'; allowed coordinators, teachers, students; write teachers=1")]
    [InlineData("teachers", "--nodes teachers: found no number; allowed a whole number from 1 to 256; write for example teachers=1")]
    [InlineData("teachers=0", "--nodes teachers: found '0'; allowed a whole number from 1 to 256; write for example teachers=1")]
    [InlineData("teachers=1,teachers=2", "--nodes teachers: found the role twice; allowed each role once; keep one 'teachers='")]
    [InlineData(
        "coordinators=2",
        "--nodes coordinators: found 2; allowed 1 or at least 3; "
        + "a majority that survives the loss of one coordinator needs three; write coordinators=1 or coordinators=3")]
    [InlineData(
        "",
        "--nodes: found an empty part; allowed coordinators, teachers, students; write for example coordinators=1,teachers=3,students=1")]
    public void Read_SomethingWrong_SaysWhatAndWhatElse(string text, string line) => Problems(text).ShouldBe([line]);

    [Fact]
    public void Read_ManyThingsWrong_SaysAll() => Problems("coordinators=2,teachers=x,pupils=1").Length.ShouldBe(3);

    private static string[] Problems(string text)
    {
        var problems = new List<SpecProblem>();
        NodeCounts.Read(text, problems).ShouldBeNull();
        return [.. problems.Select(problem => problem.ToString())];
    }
}
