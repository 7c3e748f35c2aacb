using CsCheck;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class ReplicaChoiceTests
{
    private const int Bytes = 1_000;

    private static readonly ReplicaOptions Options = new();

    private static readonly Gen<ReplicaLoad> Load =
        from open in Gen.Int[0, 40]
        from answers in Gen.Int[0, 40]
        from secondsPerByte in Gen.Double[0, 0.1]
        select new ReplicaLoad(open, open * Bytes, answers, new ServiceTime(answers > 0 ? secondsPerByte : null));

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
        ReplicaChoice.HasRoom(new ReplicaLoad(0, 0, Answers: 1, new ServiceTime(1e6)), Bytes, Options).ShouldBeTrue();

    [Fact]
    public void HasRoom_ForOneWhoIsUntried_EndsAfterTwoLessons() => Room(answers: 0, default).ShouldBe(2);

    [Fact]
    public void HasRoom_ForOneWhoHasJustBegunToAnswer_GrowsByOneWithEveryAnswer() =>
        Enumerable.Range(1, 3).Select(answers => Room(answers, new ServiceTime(1e-9))).ShouldBe([3, 4, 5]);

    [Fact]
    public void HasRoom_WhenLessonsWouldWaitForTheirTurnUntilTheDeadline_IsFalse() =>
        Room(answers: Options.OpenLessons, new ServiceTime(10.0 / Bytes)).ShouldBe(3);

    [Fact]
    public void HasRoom_ForOneWhoIsFast_EndsAtTheLessonsThatAreAllowed() =>
        Room(answers: Options.OpenLessons, new ServiceTime(1e-9)).ShouldBe(Options.OpenLessons);

    /// <summary>How many lessons a replica may have open.</summary>
    private static int Room(int answers, ServiceTime service) =>
        Enumerable.Range(0, 100).TakeWhile(open => HasRoom(new ReplicaLoad(open, open * Bytes, answers, service))).Count();

    private static int Choose(ReplicaLoad[] loads) => ReplicaChoice.Choose(loads, Bytes, Options);

    private static bool HasRoom(ReplicaLoad load) => ReplicaChoice.HasRoom(load, Bytes, Options);

    private static TimeSpan Expected(ReplicaLoad load) => load.Service.Expected(load.OpenBytes + Bytes) ?? TimeSpan.MinValue;
}
