using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Training;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Evaluation;

public class EvaluatorTests
{
    private static readonly SampleSet Samples = TinyData.Create(test: 25).Test;

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    public void Logits_AnyBatchSize_FollowTheOrderOfTheSplit(int batchSize)
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var whole = network.call(Batches.Inputs(Samples, new SampleRange(0, 25), CPU)).data<float>().ToArray();
        var logits_NC = Evaluator.Logits(network, Samples, batchSize);
        logits_NC.shape.ShouldBe([25, 3]);
        logits_NC.requires_grad.ShouldBeFalse();
        logits_NC.data<float>().ToArray().ShouldBe(whole, 1e-5f);
    }

    [Fact]
    public void Accuracy_OfANetwork_IsTheShareOfItsRightAnswers()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var measured = Classification.Measure(Evaluator.Logits(network, Samples, 25), Samples.Labels.Span, 0, 0, 0, ClassDetail.All);
        Evaluator.Accuracy(network, Samples).ShouldBe(measured.Accuracy);
    }

    [Fact]
    public void Measure_ANetworkOfThisNode_CalibratesItOnTheValidationSplit()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var data = TinyData.Create(test: 25);
        var test_NC = Evaluator.Logits(network, data.Test, 25);

        var measured = Evaluator.Measure(network, data, test_NC, 25, ClassDetail.All, TimeProvider.System);

        var validation_NC = LogitRows.Of(Evaluator.Logits(network, data.Validation, 25));
        var temperature = TemperatureScaling.Fit(validation_NC, data.Validation.Labels.Span);
        measured.CalibrationTemperature.ShouldBe(temperature);
        measured.CalibratedError.ShouldBe(Calibration.ExpectedError(LogitRows.Of(test_NC), data.Test.Labels.Span, temperature));
        measured.Parameters.ShouldBe((16 * 8) + 8 + (8 * 3) + 3);
    }

    [Fact]
    public void MedianMilliseconds_AfterTheWarmUp_IsTheMiddleOfTheRounds()
    {
        using var network = Network();
        double[] rounds = [900, 900, 900, .. Enumerable.Range(1, 21).Reverse()];
        Latency.MedianMilliseconds(network, Samples, 8, new ScriptedTime(rounds)).ShouldBe(11, 1e-9);
    }

    private static Network Network()
    {
        var network = Networks.Create(new MlpSpec { Widths = [16, 8, 3], Dropout = 0.5 }, 1);
        network.eval();
        return network;
    }

    /// <summary>Every second look at the clock ends a round of the given milliseconds.</summary>
    private sealed class ScriptedTime(double[] rounds) : TimeProvider
    {
        private double _now;
        private int _looks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            _now += _looks++ % 2 == 1 ? rounds[_looks / 2 - 1] : 0;
            return (long)(_now * TimeSpan.TicksPerMillisecond);
        }
    }
}
