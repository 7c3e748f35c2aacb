using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Data.Views;
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

    private readonly Replica _replica = Create(Data);
    private readonly Replica _blind = Create(null);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _replica.Dispose();
        _blind.Dispose();
    }

    [Fact]
    public void Replica_SaysWhatItServes()
    {
        (_replica.Teacher, _replica.Dataset, _replica.Classes, _replica.InputSize).ShouldBe((Artifact, Data.Digest, 3, 16));
        _blind.Dataset.ShouldBeNull();
    }

    [Theory]
    [InlineData(Split.Train)]
    [InlineData(Split.Validation)]
    [InlineData(Split.Test)]
    public async Task AnswerAsync_ALesson_IsTheNetworksOutputInEvaluationMode(Split split)
    {
        var lesson = new Lesson(split, View.Plain, new SampleRange(3, 9));

        using var answer = await _replica.AnswerAsync(lesson, [], default, Cancellation);

        answer.Lesson.ShouldBe(lesson);
        answer.ComputeTime.ShouldBeGreaterThan(TimeSpan.Zero);
        answer.Logits.Values.ToArray().ShouldBe(Direct(lesson));
    }

    [Fact]
    public async Task AnswerAsync_AView_IsAboutWhatItShows()
    {
        var lesson = new Lesson(Split.Train, new ShiftedView(2, 1, 0), new SampleRange(0, 20));

        using var answer = await _replica.AnswerAsync(lesson, [], default, Cancellation);
        using var plain = await _replica.AnswerAsync(lesson with { View = View.Plain }, [], default, Cancellation);

        answer.Logits.Values.ToArray().ShouldBe(Direct(lesson));
        answer.Logits.Values.ToArray().ShouldNotBe(plain.Logits.Values.ToArray());
    }

    [Fact]
    public async Task AnswerAsync_WithFeatures_HasThemBehindTheLogitsInTheOrderAsked()
    {
        using var scope = NewDisposeScope();
        var model = new CnnSpec { Input = [1, 4, 4], Channels = [3], Hidden = 5, Classes = 3 };
        using var replica = Create(Data, model: model);
        var lesson = new Lesson(Split.Train, View.Plain, new SampleRange(3, 9));

        using var answer = await replica.AnswerAsync(lesson, ["fc1", "conv1"], default, Cancellation);
        using var plain = await replica.AnswerAsync(lesson, [], default, Cancellation);

        using var network = Networks.Create(model, 1);
        network.eval();
        var features = network.Observe(Batches.Inputs(ViewedPixels.Of(Data, lesson), 16, CPU), ["conv1", "fc1"]).Features;
        (answer.Logits.Rows, answer.Logits.Width).ShouldBe((9, 3 + 5 + 12));
        Columns(answer, 0, 3).ShouldBe(plain.Logits.Values.ToArray());
        Columns(answer, 3, 5).ShouldBe(features["fc1"].data<float>().ToArray());
        Columns(answer, 8, 12).ShouldBe(features["conv1"].data<float>().ToArray());
        replica.Features.ShouldBe(model.Features);
    }

    [Fact]
    public async Task AnswerAsync_ShippedSamples_IsTheSameWithoutADataset()
    {
        var lesson = new Lesson(Split.Train, new ShiftedView(2, 1, 0), new SampleRange(7, 20));

        using var own = await _replica.AnswerAsync(lesson, [], default, Cancellation);
        using var shipped = await _blind.AnswerAsync(lesson, [], ViewedPixels.Of(Data, lesson), Cancellation);

        shipped.Logits.Values.ToArray().ShouldBe(own.Logits.Values.ToArray());
    }

    [Fact]
    public async Task AnswerAsync_TheSameLessonAmongOthers_IsTheSameToTheLastBit()
    {
        var lesson = new Lesson(Split.Train, View.Plain, new SampleRange(0, 33));
        var lessons = Enumerable.Range(1, 20).Select(size => lesson with { Samples = new SampleRange(0, size) }).Append(lesson);
        using var first = await _replica.AnswerAsync(lesson, [], default, Cancellation);

        var answers = await Task.WhenAll(lessons.Select(asked => _replica.AnswerAsync(asked, [], default, Cancellation)));

        answers[^1].Logits.Values.ToArray().ShouldBe(first.Logits.Values.ToArray());
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Theory]
    [InlineData(Split.Validation, 29, 2, "Validation 29..30: the Validation split has the samples 0..29.")]
    [InlineData(Split.Train, -1, 2, "Train -1..0: the Train split has the samples 0..59.")]
    [InlineData(Split.Train, int.MaxValue, 2, "the Train split has the samples 0..59.")]
    [InlineData(Split.Train, 0, 0, "Train 0..-1: it asks about no sample.")]
    [InlineData((Split)9, 0, 1, "9 0..0: 9 is not a split.")]
    public async Task AnswerAsync_LessonThatCannotBeAnswered_IsRefused(Split split, int first, int count, string reason) =>
        (await Should.ThrowAsync<LessonRefusedException>(
            _replica.AnswerAsync(new Lesson(split, View.Plain, new SampleRange(first, count)), [], default, Cancellation)))
            .Message.ShouldEndWith(reason);

    [Fact]
    public async Task AnswerAsync_AboutAStepOfATraining_IsRefused() =>
        (await Should.ThrowAsync<LessonRefusedException>(
            _replica.AnswerAsync(new Lesson(Split.Train, new LiveView(3, 3), new SampleRange(0, 2)), [], default, Cancellation)))
            .Message.ShouldContain("this network learns no more");

    [Theory]
    [InlineData(0, "this replica reads no dataset, and no samples came with the lesson; set distillation.inputs to shipped.")]
    [InlineData(31, "31 bytes of samples came with it; 2 samples of 16 values have 32.")]
    public async Task AnswerAsync_ShippedSamplesThatDoNotFit_IsRefused(int bytes, string reason) =>
        (await Should.ThrowAsync<LessonRefusedException>(
            _blind.AnswerAsync(new Lesson(Split.Train, View.Plain, new SampleRange(0, 2)), [], new byte[bytes], Cancellation)))
            .Message.ShouldEndWith(reason);

    [Fact]
    public async Task ProbeAsync_EqualWeights_AgreeAndOthersDoNot()
    {
        using var other = Create(Data, seed: 2);

        var probe = await _replica.ProbeAsync(Cancellation);

        (await _blind.ProbeAsync(Cancellation)).ShouldBe(probe);
        (await other.ProbeAsync(Cancellation)).ShouldNotBe(probe);
    }

    private static Replica Create(Dataset? data, long seed = 1, ModelSpec? model = null) =>
        new(Networks.Create(model ?? Model, seed), Artifact, data, new TorchThread("replica", 1), TimeProvider.System);

    private static float[] Columns(SoftTargets answer, int first, int count) =>
        [.. answer.Logits.Values.ToArray().Chunk(answer.Logits.Width).SelectMany(row => row.AsSpan(first, count).ToArray())];

    private static float[] Direct(Lesson lesson)
    {
        using var scope = NewDisposeScope();
        using var network = Networks.Create(Model, 1);
        network.eval();
        return network.call(Batches.Inputs(ViewedPixels.Of(Data, lesson), 16, CPU)).data<float>().ToArray();
    }
}
