using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Targets;
using Stillhouse.Transport.Tests.Codecs;

namespace Stillhouse.Transport.Tests.Targets;

public class SingleFlightTests
{
    private readonly FakeTeacher _teacher = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 20)]
    public async Task Get_ByManyAtOnce_FetchesOnceAndCountsItOnce(long memory)
    {
        await using var store = Store(memory);
        _teacher.Ready = new TaskCompletionSource();
        var asked = Enumerable.Range(0, 50).AsParallel().WithDegreeOfParallelism(8).Select(_ => store.Use(1)).ToArray();
        _teacher.Ready.SetResult();
        var origins = await Task.WhenAll(asked);
        origins.Count(origin => origin == TargetOrigin.Computed).ShouldBe(1);
        origins.Count(origin => origin == TargetOrigin.StudentJoined).ShouldBe(49);
        _teacher.Asked.ShouldBe(1);
        store.Measured("misses").ShouldBe(1);
        store.Measured("hits joined").ShouldBe(49);
    }

    [Fact]
    public async Task Get_OnEitherSide_NamesItsOrigins()
    {
        await using var store = new StoreUnderTest(_teacher, new TargetStoreOptions(), StoreSide.Teacher);
        _teacher.Ready = new TaskCompletionSource();
        var (first, second) = (store.Use(1), store.Use(1));
        _teacher.Ready.SetResult();
        (await first).ShouldBe(TargetOrigin.Computed);
        (await second).ShouldBe(TargetOrigin.TeacherJoined);
        (await store.Use(1)).ShouldBe(TargetOrigin.TeacherMemory);
    }

    [Fact]
    public async Task Get_WhenOneOfTwoCancels_TheOtherGetsTheAnswerAndItsOrigin()
    {
        await using var store = Store();
        _teacher.Ready = new TaskCompletionSource();
        using var cancellation = new CancellationTokenSource();
        var (first, second) = (store.Use(1, cancellation.Token), store.Use(1));
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        _teacher.Ready.SetResult();
        (await second).ShouldBe(TargetOrigin.Computed);
        _teacher.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task Get_WhenAllCancel_CancelsTheFetchAndTheNextStartsAnother()
    {
        await using var store = Store();
        _teacher.Ready = new TaskCompletionSource();
        using var cancellation = new CancellationTokenSource();
        var fetch = new TaskCompletionSource<TargetAnswer>();
        var cancelled = new TaskCompletionSource();
        Task<TargetAnswer> Ask() => store.Store.GetAsync(
            FakeTeacher.Key(1),
            token =>
            {
                token.Register(cancelled.SetResult);
                return fetch.Task;
            },
            cancellation.Token);
        var (first, second) = (Ask(), Ask());
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        await Should.ThrowAsync<OperationCanceledException>(second);
        await cancelled.Task;

        var third = store.Use(1);
        _teacher.Asked.ShouldBe(1);
        _teacher.Ready.SetResult();
        (await third).ShouldBe(TargetOrigin.Computed);
        fetch.SetCanceled(TestContext.Current.CancellationToken);
        (await store.Use(1)).ShouldBe(TargetOrigin.StudentMemory);
    }

    [Fact]
    public async Task Get_WhenAnAbandonedFetchAnswersAfterAll_TheAnswerIsKept()
    {
        await using var store = Store();
        using var cancellation = new CancellationTokenSource();
        var key = FakeTeacher.Key(1);
        var fetch = new TaskCompletionSource<TargetAnswer>();
        var abandoned = store.Store.GetAsync(key, _ => fetch.Task, cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(abandoned);
        fetch.SetResult(await _teacher.Answer(key)(CancellationToken.None));
        (await store.Use(1)).ShouldBe(TargetOrigin.StudentMemory);
    }

    [Fact]
    public async Task Get_ByACallerThatHasCancelled_AsksNobody()
    {
        await using var store = Store();
        await Should.ThrowAsync<OperationCanceledException>(store.Use(1, new CancellationToken(canceled: true)));
        _teacher.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task Get_WhenTheFetchFails_FailsAllAndTheNextTriesAgain()
    {
        await using var store = Store();
        _teacher.Ready = new TaskCompletionSource();
        var (first, second) = (store.Use(1), store.Use(1));
        _teacher.Ready.SetException(new TeacherUnreachableException("gone"));
        await Should.ThrowAsync<TeacherUnreachableException>(first);
        await Should.ThrowAsync<TeacherUnreachableException>(second);
        _teacher.Ready = new TaskCompletionSource();
        _teacher.Ready.SetResult();
        (await store.Use(1)).ShouldBe(TargetOrigin.Computed);
        _teacher.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Get_WhenTheFetchThrowsAtOnce_FailsThroughTheTask()
    {
        await using var store = Store();
        var answer = store.Store.GetAsync(FakeTeacher.Key(1), _ => throw new LessonRefusedException("no"), CancellationToken.None);
        await Should.ThrowAsync<LessonRefusedException>(answer);
    }

    [Fact]
    public async Task Get_WhenTheAnswerBelongsToAnotherLesson_IsRefusedAndFreed()
    {
        await using var store = Store();
        var answer = store.Store.GetAsync(FakeTeacher.Key(1), _teacher.Answer(FakeTeacher.Key(2)), CancellationToken.None);
        (await Should.ThrowAsync<WrongAnswerException>(answer)).Message.ShouldContain("Train 8..15");
        _teacher.Given.Single().Freed.ShouldBe(1);
        (await store.Use(1)).ShouldBe(TargetOrigin.Computed);
    }

    [Fact]
    public async Task Get_WhenTheAnswerIsInAnotherCodec_IsRefused()
    {
        await using var store = Store();
        var key = FakeTeacher.Key(1);
        var answer = store.Store.GetAsync(
            key,
            _ => Task.FromResult(new TargetAnswer(
                Coding.Targets(new Fp16Codec(), key.Lesson, new byte[512], classes: 32), TargetOrigin.Computed)),
            CancellationToken.None);
        (await Should.ThrowAsync<WrongAnswerException>(answer)).Message.ShouldContain("in codec fp16");
    }

    private StoreUnderTest Store(long memory = 1 << 20) => new(_teacher, new TargetStoreOptions { MemoryBytes = memory });
}
