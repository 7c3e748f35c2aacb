using Stillhouse.Distillation.Peers;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Distillation.Tests.Peers;

public class PeerOutboxTests
{
    private readonly PeerOutbox _outbox = Empty();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_BeforeItsStep_WaitsForIt()
    {
        var answer = Ask(3, rows: 2);
        answer.IsCompleted.ShouldBeFalse();

        _outbox.Put(new LiveView(3, 3), [1, 2, 3, 4]);

        using var targets = await answer;
        targets.Logits.Values.ToArray().ShouldBe([1, 2, 3, 4]);
        targets.Lesson.ShouldBe(Lesson(3, rows: 2));
    }

    [Fact]
    public async Task Question_ThatIsCancelled_LeavesTheOthersWaiting()
    {
        using var leaving = new CancellationTokenSource();
        var left = _outbox.AnswerAsync(Lesson(0), [], default, leaving.Token);
        var other = Ask(0);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left);

        _outbox.Put(new LiveView(0, 0), [1, 2]);

        (await other).Logits.Rows.ShouldBe(1);
    }

    [Fact]
    public async Task Question_AboutWhatIsForgotten_IsRefused()
    {
        _outbox.Put(new LiveView(4, 4), [1, 2]);
        _outbox.KeepFrom(5);

        (await Should.ThrowAsync<LessonRefusedException>(Ask(4))).Message.ShouldContain("kept begins with step 5");
    }

    [Fact]
    public async Task Question_AboutAnotherBatch_IsRefused()
    {
        _outbox.Put(new LiveView(0, 0), [1, 2]);

        await Should.ThrowAsync<LessonRefusedException>(_outbox.AnswerAsync(Lesson(0, rows: 2), [], default, Cancellation));
        await Should.ThrowAsync<LessonRefusedException>(
            _outbox.AnswerAsync(new Lesson(Split.Train, View.Plain, new SampleRange(0, 1)), [], default, Cancellation));
    }

    [Fact]
    public async Task Question_AfterTheEnd_IsToldWhy_WhatWasAnsweredStays()
    {
        _outbox.Put(new LiveView(0, 0), [1, 2]);
        var open = Ask(1);
        _outbox.End("diverged at step 1");

        (await Should.ThrowAsync<LessonsEndedException>(open)).Message.ShouldBe("diverged at step 1");
        await Should.ThrowAsync<LessonsEndedException>(Ask(2));
        (await Ask(0)).Logits.Rows.ShouldBe(1);
    }

    [Fact]
    public async Task Restored_AnswersWhatCouldBeAskedWhenItWasSaved()
    {
        _outbox.Put(new LiveView(1, 0), [1, 2]);
        _outbox.Put(new LiveView(2, 0), [3, 4]);
        _outbox.KeepFrom(2);
        var other = Empty();
        var early = other.AnswerAsync(Lesson(2, version: 0), [], default, Cancellation);

        other.Restore(_outbox.Save());

        (await early).Logits.Values.ToArray().ShouldBe([3, 4]);
        await Should.ThrowAsync<LessonRefusedException>(other.AnswerAsync(Lesson(1, version: 0), [], default, Cancellation));
    }

    private static PeerOutbox Empty() => new(Digest.Of("peer"u8), Digest.Of("data"u8), classes: 2, inputSize: 4);

    private static Lesson Lesson(long step, int rows = 1, long? version = null) =>
        new(Split.Train, new LiveView(step, version ?? step), new SampleRange(0, rows));

    private Task<SoftTargets> Ask(long step, int rows = 1) => _outbox.AnswerAsync(Lesson(step, rows), [], default, Cancellation);
}
