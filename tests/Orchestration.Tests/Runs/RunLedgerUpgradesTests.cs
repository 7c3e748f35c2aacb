using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Runs;
using static Stillhouse.Messages.Runs.RunEvents;

namespace Stillhouse.Orchestration.Tests.Runs;

public class RunLedgerUpgradesTests
{
    [Fact]
    public void RunWithoutPriority_HasNone()
    {
        var begun = (RunBegun)ARun.Begun().History[0];
        var old = new RunBegunWithoutPriority(begun.Run, begun.Spec, begun.Dataset, begun.Needed, begun.At);

        RunLedgerUpgrades.Upgrade(old).ShouldBe(begun with { Priority = 0 });
    }

    [Fact]
    public void StudentOfNoNodeInParticular_IsHandedOutAnew()
    {
        var begun = ARun.Begun().History[0];
        var old = new TrialDispatchedWithoutLease("baseline", Node: null, ARun.Noon);
        var state = new[] { begun, RunLedgerUpgrades.Upgrade(old) }.Aggregate((RunState?)null, RunLedger.Apply);

        RunDecider.Reconsider(state, ARun.ThreeNodes, ARun.Noon).ShouldContain(new TrialLost("baseline", "", ARun.Noon));
    }

    [Fact]
    public void TrialThatHadBegunOnANode_StaysThere()
    {
        var begun = ARun.Begun().History[0];
        var facts = new[] { begun, new TrialDispatchedWithoutLease("baseline", Node: null, ARun.Noon), new TrialBegun("baseline", "s1", ARun.Noon) };
        var state = facts.Select(RunLedgerUpgrades.Upgrade).Aggregate((RunState?)null, RunLedger.Apply);

        RunDecider.Reconsider(state, ARun.ThreeNodes, ARun.Noon).ShouldNotContain(fact => fact is TrialLost);
    }
    [Fact]
    public void RunWhoseTrialsHaveNoLease_HasBegun()
    {
        var old = new TrialDispatchedWithoutLease("baseline", "s1", ARun.Noon);
        var state = new[] { ARun.Begun().History[0], RunLedgerUpgrades.Upgrade(old) }.Aggregate((RunState?)null, RunLedger.Apply);

        state.ShouldNotBeNull().HasBegunWork.ShouldBeTrue();
    }
}
