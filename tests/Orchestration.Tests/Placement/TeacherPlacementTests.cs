using Stillhouse.Orchestration.Placement;

namespace Stillhouse.Orchestration.Tests.Placement;

public class TeacherPlacementTests
{
    [Fact]
    public void Choose_AmongEquals_TakesTheFirstByName() => TeacherPlacement.Choose(["b", "a"], []).ShouldBe("a");

    [Fact]
    public void Choose_PrefersTheNodeWithTheFewestTeachers() => TeacherPlacement.Choose(["a", "b"], ["a", "a", "b"]).ShouldBe("b");

    [Fact]
    public void Choose_WithoutNodes_IsNull() => TeacherPlacement.Choose([], []).ShouldBeNull();
}
