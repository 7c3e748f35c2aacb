using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

public class TeacherRosterTests
{
    [Fact]
    public void Expand_CountsBecomeNumbersAndOneStaysAsWritten()
    {
        var spec = SpecText.Bind(SpecText.Valid).Spec.ShouldNotBeNull();

        TeacherRoster.Expand(spec).ShouldBe([("big-1", spec.Teachers[0]), ("big-2", spec.Teachers[0]), ("conv", spec.Teachers[1])]);
    }
}
