using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using Akka.Serialization;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using Stillhouse.Transport.Serialization;

namespace Stillhouse.Transport.Tests.Serialization;

public sealed class ProtocolSerializerTests(ProtocolSystem node) : IClassFixture<ProtocolSystem>
{
    /// <summary>Enough to reach every variant of every polymorphic member, with nulls and without.</summary>
    private const int VariantsPerMessage = 24;

    private const int MaximumFrameSize = 128_000;

    private static readonly RunProtocol.CancelRun Cancel = new(new RunId("run-1"));

    private SerializerWithStringManifest Serializer =>
        (SerializerWithStringManifest)node.Serialization.FindSerializerForType(typeof(RunProtocol.CancelRun));

    public static TheoryData<Type> Messages => [.. WireNames.Protocol.Types.OrderBy(type => type.FullName, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_OfEveryKindInTheAssembly_ComesBackEqual(Type type)
    {
        foreach (var variant in Enumerable.Range(0, VariantsPerMessage))
        {
            var message = new MessageFiller(variant).Fill(type);
            var serializer = (SerializerWithStringManifest)node.Serialization.FindSerializerFor(message);
            var bytes = serializer.ToBinary(message);

            var read = node.Serialization.Deserialize(bytes, serializer.Identifier, serializer.Manifest(message));

            Structure.Difference(message, read).ShouldBeNull($"{type}, variant {variant}");
            serializer.ToBinary(read).ShouldBe(bytes);
        }
    }

    [Fact]
    public void Messages_Together_CoverEveryPolymorphicVariant()
    {
        var built = Enumerable.Range(0, VariantsPerMessage)
            .SelectMany(variant => WireNames.Protocol.Types.SelectMany(type =>
            {
                var filler = new MessageFiller(variant);
                filler.Fill(type);
                return filler.Built;
            }))
            .ToHashSet();

        var variants = typeof(RunSpec).Assembly.GetTypes().SelectMany(MessageFiller.Variants).ToList();

        variants.ShouldNotBeEmpty();
        variants.Where(variant => !built.Contains(variant)).ShouldBeEmpty();
    }

    [Fact]
    public void Difference_InOneElementOfAList_IsFound() =>
        Structure.Difference(new MlpSpec { Widths = [784, 10] }, new MlpSpec { Widths = [784, 11] })
            .ShouldBe(".Widths.1: 10 became 11");

    [Fact]
    public void Serialization_OfWhatIsNoMessage_IsRefused() =>
        Should.Throw<SerializationException>(() => node.Serialization.FindSerializerFor(new Uri("http://somewhere")));

    [Fact]
    public void Serialization_OfAMessageThatIsNotOfTheProtocol_IsRefused() =>
        Should.Throw<SerializationException>(() => Serializer.Manifest(new Stray())).Message.ShouldContain(nameof(Stray));

    [Fact]
    public void FromBinary_WithAnUnknownManifest_NamesIt() =>
        Should.Throw<SerializationException>(() => Serializer.FromBinary([], "run.levitate/9")).Message.ShouldContain("'run.levitate/9'");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"run":null}""")]
    [InlineData("""{"run":"not an id"}""")]
    [InlineData("[1,2]")]
    public void FromBinary_WithABrokenPayload_IsASerializationException(string payload) =>
        Should.Throw<SerializationException>(() => Serializer.FromBinary(Encoding.UTF8.GetBytes(payload), Serializer.Manifest(Cancel)))
            .Message.ShouldContain("run.cancel/1");

    [Fact]
    public void FromBinary_WithAMemberOfALaterVersion_IgnoresIt() =>
        Serializer.FromBinary("""{"run":"run-1","why":"unknown here"}"""u8.ToArray(), "run.cancel/1").ShouldBe(Cancel);

    [Fact]
    public void FromBinary_WithoutARequiredMemberDeepInside_NamesIt()
    {
        var submit = (RunProtocol.SubmitRun)new MessageFiller(0).Fill(typeof(RunProtocol.SubmitRun));
        var payload = Encoding.UTF8.GetString(Serializer.ToBinary(submit)).Replace("\"teachers\"", "\"pupils\"", StringComparison.Ordinal);

        Should.Throw<SerializationException>(() => Serializer.FromBinary(Encoding.UTF8.GetBytes(payload), "run.submit/1"))
            .Message.ShouldContain("teachers");
    }

    [Fact]
    public void ToBinary_OfAMessageWithAnEmptyId_IsASerializationException() =>
        Should.Throw<SerializationException>(() => Serializer.ToBinary(new RunProtocol.CancelRun(default)));

    [Fact]
    public void Json_LeavesComputedPropertiesOut()
    {
        var network = new NetworkTraining(new MlpSpec { Widths = [784, 10] }, new TrainingSpec(), new ScheduleSpec(), Seed: 1);

        Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(network, ProtocolJson.Options))
            .ShouldStartWith("""{"model":{"kind":"mlp","widths":[784,10],"dropout":0},"training":{"epochs":10,"batchSize":128,"optimizer":{"kind":"adam",""");
    }

    [Fact]
    public void Snapshot_OfFiftyTrialsWithLongNames_FitsAFrame()
    {
        var name = new string('n', 120);
        var progress = new TrialProgress(100_000, 100_000, long.MaxValue, long.MaxValue, Math.PI, Math.E, Math.PI * 1e5, Math.E / 10);
        var trial = new TrialSnapshot(name, StageKind.Distill, TrialStatus.Dispatched, new string('w', 200), name, progress);
        var snapshot = new RunSnapshot(
            new RunId(name), RunStatus.Running, [.. Enumerable.Repeat(trial, 50)], [.. Enumerable.Repeat(new NodeSnapshot(name, ["student"], name), 50)]);

        Serializer.ToBinary(new RunProtocol.RunChanged(snapshot)).Length.ShouldBeLessThan(MaximumFrameSize);
    }

    /// <summary>As many networks with as many classes as an examination gives figures of single classes of.</summary>
    [Theory]
    [InlineData(101, 10)]
    [InlineData(0, 100)]
    public void Outcome_OfAnExaminationInFullDetail_FitsAFrame(int teachers, int classes)
    {
        IReadOnlyList<int>[] confusion =
            [.. Enumerable.Range(0, classes).Select(label => Enumerable.Range(0, classes).Select(c => c == label ? 10_000 : 100).ToArray())];
        var plain = new Measurement
        {
            Accuracy = Math.PI / 4,
            Errors = 10_000,
            Samples = 100_000,
            Parameters = 100_000_000,
            ExpectedCalibrationError = Math.PI / 100,
            LatencyMilliseconds = Math.PI,
            LatencyBatchSize = 256,
            BalancedAccuracy = Math.E / 4,
            NegativeLogLikelihood = Math.E / 10,
            CalibrationTemperature = Math.E / 2,
            CalibratedError = Math.E / 100,
        };
        var told = plain with { Recall = [.. Enumerable.Repeat((double?)Math.E / 4, classes)], Confusion = confusion };
        var others = teachers > 0 ? told : plain;
        var outcome = new EvaluatedOutcome(
            [.. Enumerable.Repeat(others, teachers)], others, told, told, new Fidelity(Math.E / 3, Math.E), new Fidelity(Math.E / 3, Math.E))
        {
            Predictions = Digest.Of("predictions"u8),
        };

        Serializer.ToBinary(new TrialProtocol.TrialFinished(new TrialId(new RunId("run-1"), "evaluate"), outcome))
            .Length.ShouldBeLessThan(MaximumFrameSize);
    }

    private sealed record Stray : Stillhouse.Messages.IProtocolMessage;
}
