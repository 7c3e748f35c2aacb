using CsCheck;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Nodes;
using Stillhouse.Orchestration.Placement;

namespace Stillhouse.Orchestration.Tests.Placement;

public class DeviceBrokerTests
{
    private static readonly RunId First = new("first");
    private static readonly RunId Second = new("second");

    private static readonly ClusterNodes TwoNodes =
        ClusterNodes.None.With("s1", NodeRole.Student, 4).With("s2", NodeRole.Student, 2).With("t1", NodeRole.Teacher, 64);

    [Fact]
    public void Run_ThatIsAlone_GetsAllItWants_WhereMostIsFree() =>
        Given(Broker().Hear(First, Claim(wanted: 9), null)).ShouldBe([(First, "s1,s1,s1,s2,s1,s2")]);

    [Fact]
    public void Runs_OfOnePriority_ShareEqually() =>
        Given(Two().Hear(First, Claim(wanted: 9), null).Hear(Second, Claim(wanted: 9), null))
            .Select(given => given.Nodes.Split(',').Length).ShouldBe([3, 3]);

    [Fact]
    public void Run_ThatHasMore_WaitsUntilTheOtherHasAsMuch() =>
        Given(Two().Hear(First, Claim(wanted: 9, held: ["s1", "s1", "s1"]), null).Hear(Second, Claim(wanted: 9), null))
            .ShouldBe([(Second, "s2,s1,s2")]);

    [Fact]
    public void Run_OfAHigherPriority_GoesFirst() =>
        Given(Broker().With(Second, priority: 1).Hear(First, Claim(wanted: 9), null).Hear(Second, Claim(wanted: 5), null))
            .Select(given => (given.Run, given.Nodes.Split(',').Length)).ShouldBe([(First, 1), (Second, 5)]);

    [Fact]
    public void Trial_OfManyThreads_IsNotPassedByForEver()
    {
        var broker = Two()
            .Hear(First, Claim(wanted: 1, threads: 4), null)
            .Hear(Second, Claim(wanted: 9, held: ["s1"]), null);

        Given(broker).ShouldBe([(Second, "s2,s2")]);
        Given(broker.Hear(Second, Claim(wanted: 9), null)).ShouldContain((First, "s1"));
    }

    [Fact]
    public void Trial_ThatNoNodeCanHold_HoldsUpNobody() =>
        Given(Two().Hear(First, Claim(wanted: 1, threads: 5), null).Hear(Second, Claim(wanted: 1), null)).ShouldBe([(Second, "s1")]);

    [Fact]
    public void Nothing_IsAllotted_UntilEveryRunHasSaidWhatItHas() =>
        Given(Two().Hear(First, Claim(wanted: 1), null)).ShouldBeEmpty();

    [Fact]
    public void Allotment_ThatHasNotBeenAnswered_CountsAsTaken()
    {
        var (broker, allotments) = Two().Hear(First, Claim(wanted: 6), null).Hear(Second, Claim(wanted: 0), null).Allot();
        allotments.ShouldHaveSingleItem().Nodes.Count.ShouldBe(6);

        // A claim that crossed the allotment says nothing new.
        Given(broker.Hear(First, Claim(wanted: 6), 0).Hear(Second, Claim(wanted: 6), null)).ShouldBeEmpty();
        Given(broker.Hear(First, Claim(wanted: 0), allotments[0].Number).Hear(Second, Claim(wanted: 6), null)).ShouldHaveSingleItem().Run.ShouldBe(Second);
    }

    [Fact]
    public void Students_PreferNodesWithFewerTeachers() =>
        Given(Two().With(ClusterNodes.None.With("a", NodeRole.Student, 1).With("b", NodeRole.Student, 1))
            .Hear(First, Claim(wanted: 1), null)
            .Hear(Second, Claim(wanted: 0) with { Pinned = ["a"] }, null)).ShouldBe([(First, "b")]);

    [Fact]
    public void AnySequence_GivesNoThreadTwice_AndLeavesNoRoomUnusedThatIsWanted() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[1, 4], Gen.Int[0, 4]).List[1, 60].Sample(steps =>
        {
            var runs = new SimulatedRuns();
            foreach (var (run, wanted, threads, what) in steps)
            {
                runs.Step(run, wanted, threads, what);
                runs.Taken("s1").ShouldBeLessThanOrEqualTo(4);
                runs.Taken("s2").ShouldBeLessThanOrEqualTo(2);
            }

            // Whatever is wanted now is given as soon as all that is under way has ended.
            runs.EndAll();
            runs.GivenInTheEnd.ShouldBe(runs.CanBeGiven);
        });

    private static DeviceBroker Broker() => DeviceBroker.Empty.With(TwoNodes).With(First, priority: 0);

    private static DeviceBroker Two() => Broker().With(Second, priority: 0);

    private static DeviceClaim Claim(int wanted, int threads = 1, params string[] held) =>
        new([.. held.Select(node => (node, 1))], [], wanted, threads);

    private static IEnumerable<(RunId Run, string Nodes)> Given(DeviceBroker broker) =>
        broker.Allot().Allotments.Select(allotment => (allotment.Run, string.Join(',', allotment.Nodes)));

    /// <summary>Three runs that use what they are allotted, some of them late, and whose trials end at any time.</summary>
    private sealed class SimulatedRuns
    {
        private static readonly RunId[] Ids = [new("a"), new("b"), new("c")];

        private readonly List<(string Node, int Threads)>[] _held = [[], [], []];
        private readonly int[] _wanted = new int[3];
        private readonly int[] _threads = [1, 1, 1];
        private readonly Queue<Allotment>[] _inbox = [new(), new(), new()];
        private readonly long?[] _answered = new long?[3];
        private DeviceBroker _broker = DeviceBroker.Empty.With(TwoNodes);

        public SimulatedRuns()
        {
            foreach (var id in Ids)
            {
                _broker = _broker.With(id, priority: 0);
            }

            foreach (var run in Enumerable.Range(0, 3))
            {
                Claim(run);
            }
        }

        public bool GivenInTheEnd => _inbox.Any(inbox => inbox.Count > 0);

        public bool CanBeGiven => Enumerable.Range(0, 3).Any(run => _wanted[run] > 0);

        public int Taken(string node) => _held.SelectMany(held => held).Where(trial => trial.Node == node).Sum(trial => trial.Threads);

        public void Step(int run, int wanted, int threads, int what)
        {
            switch (what)
            {
                case 0:
                    (_wanted[run], _threads[run]) = (wanted, _inbox[run].Count > 0 || _held[run].Count > 0 ? _threads[run] : threads);
                    break;
                case 1 when _held[run].Count > 0:
                    _held[run].RemoveAt(0);
                    break;
                case 2 or 3:
                    Use(run);
                    break;
            }

            Claim(run);
        }

        public void EndAll()
        {
            foreach (var run in Enumerable.Range(0, 3))
            {
                while (_inbox[run].Count > 0)
                {
                    Use(run);
                }
            }

            foreach (var run in Enumerable.Range(0, 3))
            {
                _held[run].Clear();
                Claim(run);
            }
        }

        private void Use(int run)
        {
            if (_inbox[run].TryDequeue(out var allotment))
            {
                var used = allotment.Nodes.Take(_wanted[run]).ToArray();
                _held[run].AddRange(used.Select(node => (node, _threads[run])));
                _wanted[run] -= used.Length;
                _answered[run] = allotment.Number;
            }
        }

        private void Claim(int run)
        {
            _broker = _broker.Hear(Ids[run], new DeviceClaim([.. _held[run]], [], _wanted[run], _threads[run]), _answered[run]);
            _answered[run] ??= 0;
            (_broker, var allotments) = _broker.Allot();
            foreach (var allotment in allotments)
            {
                _inbox[Array.IndexOf(Ids, allotment.Run)].Enqueue(allotment);
            }
        }
    }
}
