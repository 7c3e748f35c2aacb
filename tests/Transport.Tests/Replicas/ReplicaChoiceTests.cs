using CsCheck;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class ReplicaChoiceTests
{
    private const int Bytes = 1_000;

    private static readonly ReplicaOptions Options = new();

    private static readonly Gen<ReplicaLoad> Load =
        from open in Gen.Int[0, 40]
        from tried in Gen.Bool
        from secondsPerByte in Gen.Double[0, 0.1]
        select new ReplicaLoad(open, open * Bytes, new ServiceTime(tried ? secondsPerByte : null));

    private static readonly Gen<ReplicaLoad[]> Loads = Load.Array[0, 8];

    [Fact]
    public void Choose_FindsSomebodyIfAnybodyHasRoomAndOnlySomebodyWhoHas() => Loads.Sample(loads =>
    {
        var chosen = Choose(loads);

        return chosen < 0 ? !Array.Exists(loads, HasRoom) : HasRoom(loads[chosen]);
    });

    [Fact]
    public void Choose_AmongThoseWithRoom_TakesTheUntriedThenWhoIsExpectedToAnswerFirst() => Loads.Sample(loads =>
    {
        var chosen = Choose(loads);
        return chosen < 0 || loads.Where(HasRoom).All(other => Expected(loads[chosen]) <= Expected(other));
    });

    [Fact]
    public void Choose_WhenOneReplicaGetsMoreToDo_NeverTurnsToIt() =>
        Gen.Select(Loads.Where(loads => loads.Length > 0), Gen.Int[0, 7]).Sample((loads, i) =>
        {
            var busier = i % loads.Length;
            var before = Choose(loads);
            var more = loads[busier] with
            {
                OpenLessons = loads[busier].OpenLessons + 1, OpenBytes = loads[busier].OpenBytes + Bytes,
            };
            var after = Choose([.. loads.Select((load, at) => at == busier ? more : load)]);
            return after != busier || before == busier;
        });

    [Fact]
    public void HasRoom_ForOneWhoIsIdle_IsTrueHoweverSlow() =>
        ReplicaChoice.HasRoom(new ReplicaLoad(0, 0, new ServiceTime(1e6)), Bytes, Options).ShouldBeTrue();

    [Fact]
    public void HasRoom_ForOneWhoIsUntried_EndsAfterTwoLessons() =>
        Enumerable.Range(0, 4).Select(open => ReplicaChoice.HasRoom(new ReplicaLoad(open, open * Bytes, default), Bytes, Options))
            .ShouldBe([true, true, false, false]);

    [Fact]
    public void HasRoom_WhenLessonsWouldWaitForTheirTurnUntilTheDeadline_IsFalse()
    {
        var tenSecondsEach = new ServiceTime(10.0 / Bytes);

        Enumerable.Range(0, 4)
            .Select(open => ReplicaChoice.HasRoom(new ReplicaLoad(open, open * Bytes, tenSecondsEach), Bytes, Options))
            .ShouldBe([true, true, true, false]);
    }

    [Fact]
    public void HasRoom_ForOneWhoIsFast_EndsAtTheLessonsThatAreAllowed() =>
        Enumerable.Range(Options.OpenLessons - 1, 2)
            .Select(open => ReplicaChoice.HasRoom(new ReplicaLoad(open, open * Bytes, new ServiceTime(1e-9)), Bytes, Options))
            .ShouldBe([true, false]);

    private static int Choose(ReplicaLoad[] loads) => ReplicaChoice.Choose(loads, Bytes, Options);

    private static bool HasRoom(ReplicaLoad load) => ReplicaChoice.HasRoom(load, Bytes, Options);

    private static TimeSpan Expected(ReplicaLoad load) => load.Service.Expected(load.OpenBytes + Bytes) ?? TimeSpan.MinValue;
}
