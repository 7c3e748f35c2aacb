using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Weights;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Tests.Evaluation;

public class PredictionsTests
{
    [Fact]
    public void Predictions_AreTheClassesWithTheHighestLogits_AndSurviveAFile()
    {
        using var scope = NewDisposeScope();
        var predictions = Predictions.Of(
            tensor(new float[,] { { 1, 2, 0 }, { 3, 2, 1 } }),
            tensor(new float[,] { { 0, 0, 5 }, { 1, 2, -3 } }),
            tensor(new float[,] { { 0, -1, -2 }, { -3, -2, -1 } }));

        var bytes = predictions.Encode();
        var read = Predictions.Read(SafetensorsFile.Parse(bytes, "predictions"));

        read.Baseline.ShouldBe([1, 0]);
        read.Student.ShouldBe([2, 1]);
        read.Ensemble.ShouldBe([0, 2]);
        read.Encode().ShouldBe(bytes);
    }

    [Fact]
    public void Read_OfAFileOfSomethingElse_NamesWhatIsMissing() =>
        Refusal(file => file.Remove("student")).ShouldBe("x: student: expected a tensor of classes, found no such tensor");

    [Fact]
    public void Read_OfAMatrix_IsRefused() =>
        Refusal(file => file["student"] = file["student"] with { Shape = [1, 2] }).ShouldBe("x: student: expected one dimension, found [1, 2]");

    [Theory]
    [InlineData(0.5f, "0.5")]
    [InlineData(-1f, "-1")]
    [InlineData(float.NaN, "NaN")]
    public void Read_OfNumbersThatAreNoClasses_IsRefused(float value, string found) =>
        Refusal(file => file["ensemble"] = new StoredTensor([2], (byte[])[.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(value)]))
            .ShouldBe($"x: ensemble: expected whole numbers from 0 on, found {found} at sample 1");

    private static string Refusal(Action<Dictionary<string, StoredTensor>> spoil)
    {
        var tensors = new Dictionary<string, StoredTensor>(SafetensorsFile.Parse(new Predictions([0, 1], [0, 1], [0, 1]).Encode(), "x").Tensors);
        spoil(tensors);
        return Should.Throw<WeightsRefusedException>(() => Predictions.Read(SafetensorsFile.Parse(SafetensorsFile.Encode(tensors), "x"))).Message;
    }
}
