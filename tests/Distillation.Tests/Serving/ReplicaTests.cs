using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Serving;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Serving;

public sealed class ReplicaTests : IDisposable
{
    private static readonly MlpSpec Model = new() { Widths = [16, 8, 3], Dropout = 0.5 };
    private static readonly Dataset Data = TinyData.Create();
    private static readonly Digest Artifact = Digest.Of("teacher"u8);

    private readonly Replica _replica = new(
        Networks.Create(Model, 1), Artifact, Data, new TorchThread("replica", 1), TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _replica.Dispose();

    [Fact]
    public void Replica_SaysWhatItServes() =>
        (_replica.Teacher, _replica.Dataset, _replica.Classes).ShouldBe((Artifact, Data.Digest, 3));

    [Theory]
    [InlineData(Split.Train)]
    [InlineData(Split.Validation)]
    [InlineData(Split.Test)]
    public async Task AnswerAsync_ALesson_IsTheNetworksOutputInEvaluationMode(Split split)
    {
        using var answer = await _replica.AnswerAsync(new Lesson(4, split, [3, 0, 9]), Cancellation);

        answer.LessonNumber.ShouldBe(4);
        answer.SampleIds.ShouldBe([3, 0, 9]);
        answer.ComputeTime.ShouldBeGreaterThan(TimeSpan.Zero);
        answer.Logits.Values.ToArray().ShouldBe(Direct(split, [3, 0, 9]));
    }

    [Fact]
    public async Task AnswerAsync_TheSameLessonAmongOthers_IsTheSameToTheLastBit()
    {
        var lesson = new Lesson(0, Split.Train, [.. Enumerable.Range(0, 33)]);
        var lessons = Enumerable.Range(1, 20).Select(size => lesson with { SampleIds = [.. Enumerable.Range(0, size)] }).Append(lesson);
        using var first = await _replica.AnswerAsync(lesson, Cancellation);

        var answers = await Task.WhenAll(lessons.Select(asked => _replica.AnswerAsync(asked, Cancellation)));

        answers[^1].Logits.Values.ToArray().ShouldBe(first.Logits.Values.ToArray());
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Theory]
    [InlineData(Split.Validation, new[] { 0, 30 }, "lesson 8: sample 30 is not in the Validation split, which has 30 samples.")]
    [InlineData(Split.Train, new[] { -1 }, "lesson 8: sample -1 is not in the Train split, which has 60 samples.")]
    [InlineData(Split.Train, new int[0], "lesson 8: it asks about no sample.")]
    [InlineData((Split)9, new[] { 0 }, "lesson 8: 9 is not a split.")]
    public async Task AnswerAsync_LessonThatCannotBeAnswered_IsRefused(Split split, int[] ids, string reason) =>
        (await Should.ThrowAsync<LessonRefusedException>(_replica.AnswerAsync(new Lesson(8, split, ids), Cancellation)))
            .Message.ShouldBe(reason);

    private static float[] Direct(Split split, int[] ids)
    {
        using var scope = NewDisposeScope();
        using var network = Networks.Create(Model, 1);
        network.eval();
        return network.call(Batches.Inputs(Data[split], ids, CPU)).data<float>().ToArray();
    }
}
