using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Replicas;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class TeacherPoolTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Share_ByTwoTrials_OpensOneLineAndAsksOnce()
    {
        await using var node = new PoolFixture();
        var (one, other) = (node.Share(node.Oak), node.Share(node.Oak));
        var answers = new[] { AskAsync(one, 0), AskAsync(other, 0) };

        (await node.Oak.AskedAsync()).Answer();

        (await Task.WhenAll(answers)).ShouldBe([TargetOrigin.Computed, TargetOrigin.StudentJoined]);
        (await AskAsync(other, 0)).ShouldBe(TargetOrigin.StudentMemory);
        node.Oak.Dials.ShouldBe(1);
        Report(node, one).ShouldBe((8, 992, 320, new HitsReport(0, 0, 0, 0, 0, 0, 1)));
        Report(node, other).ShouldBe((0, 1_000, 0, new HitsReport(1, 0, 1, 0, 0, 0, 0)));
    }

    [Fact]
    public async Task Dispose_OfTheLastLease_ClosesTheLine()
    {
        await using var node = new PoolFixture();
        var (one, other) = (node.Share(node.Oak), node.Share(node.Oak));
        await node.Oak.OpenedAsync();

        await one.DisposeAsync();
        await one.DisposeAsync();

        node.Oak.OpenLines.ShouldBe(1);
        await other.DisposeAsync();
        node.Oak.OpenLines.ShouldBe(0);
        node.Share(node.Oak);
        await node.Oak.OpenedAsync();
        node.Oak.Dials.ShouldBe(2);
    }

    [Fact]
    public async Task Share_InAnotherCodecOrAboutOtherData_OpensAnotherLine()
    {
        await using var node = new PoolFixture();
        node.Share(node.Oak);

        node.Share(node.Oak, dataset: "other data");
        node.Share(node.Oak, codec: new OtherCodec());
        node.Share(node.Oak, inputs: _ => default);

        node.Oak.Dials.ShouldBe(4);
    }

    [Fact]
    public async Task Move_KeepsAReplicaAsLongAsAnyTrialNamesIt()
    {
        await using var node = new PoolFixture();
        var (one, other) = (node.Share(node.Oak), node.Share(node.Oak));
        await node.Oak.OpenedAsync();

        one.Move([node.Elm.Endpoint]);
        await node.Elm.OpenedAsync();
        node.Oak.OpenLines.ShouldBe(1);

        await other.DisposeAsync();
        other.Move([node.Oak.Endpoint]);
        var answer = AskAsync(one, 0);
        (await node.Elm.AskedAsync()).Answer();
        (await answer).ShouldBe(TargetOrigin.Computed);
        node.Oak.HasBeenAsked.ShouldBeFalse();
    }

    [Fact]
    public async Task Ask_OfAReplicaInThisProcess_PassesTheStoreAndCostsNoNetwork()
    {
        await using var node = new PoolFixture();
        var lease = node.Share(node.Ash);
        for (var time = 0; time < 2; time++)
        {
            var answer = AskAsync(lease, 0);
            (await node.Ash.AskedAsync()).Answer(TargetOrigin.TeacherMemory);
            (await answer).ShouldBe(TargetOrigin.TeacherMemory);
        }

        Report(node, lease).ShouldBe((0, 1_000, 0, new HitsReport(0, 0, 0, 2, 0, 0, 0)));
    }

    [Fact]
    public async Task Observer_OfEachTrial_HearsTheNameThatItsSpecGives()
    {
        await using var node = new PoolFixture();
        var (one, other) = (new ToldObserver(), new ToldObserver());
        node.Share(node.Oak, "first", observer: one);
        var lease = node.Share(node.Oak, "second", observer: other);
        var answer = AskAsync(lease, 0);

        (await node.Oak.AskedAsync()).Fail(new WrongAnswerException("row 3 is NaN"));

        await one.ToldAsync("first quarantined at oak: row 3 is NaN");
        await other.ToldAsync("second quarantined at oak: row 3 is NaN");
        lease.Move([node.Elm.Endpoint]);
        (await node.Elm.AskedAsync()).Answer();
        await answer;
        node.Pool.Report([lease], delivered: 0, quorum: null).Replicas
            .Select(replica => (replica.Teacher, replica.Node, replica.Answers, replica.Failures))
            .ShouldBe([("second", "oak", 0, 1), ("second", "elm", 1, 0)]);
    }

    [Fact]
    public async Task ComputeTime_IsTheMedianOfTheForwardPasses()
    {
        await using var node = new PoolFixture();
        var lease = node.Share(node.Oak);
        lease.ComputeTime.ShouldBeNull();
        foreach (var milliseconds in new[] { 3, 1, 2 })
        {
            var answer = AskAsync(lease, milliseconds);
            (await node.Oak.AskedAsync()).Answer(computeTime: TimeSpan.FromMilliseconds(milliseconds));
            await answer;
        }

        lease.ComputeTime!.Value.TotalMilliseconds.ShouldBe(2, 0.1);
    }

    private static async Task<TargetOrigin> AskAsync(TeacherLease lease, int block)
    {
        var answer = await lease.AskAsync(ReplicaFixture.Lesson(block), Cancellation);
        answer.Targets.Dispose();
        return answer.Origin;
    }

    private const long Delivered = 1_000;

    private static (long Computed, long Saved, long Received, HitsReport Hits) Report(PoolFixture node, TeacherLease lease)
    {
        var report = node.Pool.Report([lease], Delivered, quorum: null);
        return (report.ForwardsComputed, report.ForwardsSaved, report.BytesReceived, report.Hits);
    }

    private sealed class OtherCodec : TargetCodec
    {
        public override string Name => "other";

        public override int RowBytes(int classes) => classes;

        public override void Encode(Lesson lesson, ReadOnlySpan<float> logits, int classes, Span<byte> rows) => rows.Clear();

        public override string? Flaw(ReadOnlySpan<byte> rows, int classes) => null;

        public override BatchTargets Open(BatchRows rows) => throw new NotSupportedException();
    }
}
