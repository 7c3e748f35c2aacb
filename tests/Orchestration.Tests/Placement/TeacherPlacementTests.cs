using Stillhouse.Orchestration.Placement;

namespace Stillhouse.Orchestration.Tests.Placement;

public class TeacherPlacementTests
{
    [Fact]
    public void Choose_AmongEquals_TakesTheFirstByName() => TeacherPlacement.Choose([("b", 1), ("a", 1)], 1, []).ShouldBe("a");

    [Fact]
    public void Choose_PrefersTheNodeWithTheFewestTeachers() =>
        TeacherPlacement.Choose([("a", 1), ("b", 1)], 1, ["a", "a", "b"]).ShouldBe("b");

    [Fact]
    public void Choose_TakesNoNodeThatIsTooSmall() => TeacherPlacement.Choose([("a", 1), ("b", 4)], 2, ["b", "b"]).ShouldBe("b");

    [Fact]
    public void Choose_WithoutANodeThatFits_IsNull() => TeacherPlacement.Choose([("a", 1)], 2, []).ShouldBeNull();
}
