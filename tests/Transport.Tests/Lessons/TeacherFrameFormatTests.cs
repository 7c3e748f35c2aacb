using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Flow;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Targets;
using Stillhouse.Transport.Tests.Fakes;

namespace Stillhouse.Transport.Tests.Lessons;

/// <summary>The hand-made path of payloads against protobuf's own.</summary>
public sealed class TeacherFrameFormatTests
{
    private static readonly TeacherMessage Message = new()
    {
        Answer = new Answer
        {
            Number = 1_000_000,
            First = 5,
            Count = 2,
            Width = 3,
            TotalBytes = 24,
            ComputeNanos = 12_000,
            Origin = Origin.Computed,
            Payload = ByteString.CopyFrom(Targets().Bytes[..17]),
        },
    };

    private static readonly TeacherMessage Later = new()
    {
        Answer = new Answer { Number = 1_000_000, Offset = 17, Payload = ByteString.CopyFrom(Targets().Bytes[17..]) },
    };

    [Fact]
    public void Write_OfChunks_IsWhatProtobufWrites()
    {
        using var answer = new Transport.Teaching.OutgoingAnswer(
            1_000_000, new TargetAnswer(Targets(), TargetOrigin.Computed), new ByteBudget(1).Overdraw(1));

        Written(answer.Chunk(0, 17)).ShouldBe(Message.ToByteArray());
        Written(answer.Chunk(17, 7)).ShouldBe(Later.ToByteArray());
    }

    [Fact]
    public void Write_OfAnythingElse_IsWhatProtobufWrites()
    {
        var welcome = new TeacherMessage { Welcome = new Welcome { Width = 10, MaxOpenLessons = 8 } };

        Written(new TeacherFrame(welcome)).ShouldBe(welcome.ToByteArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Read_InPiecesOfAnySize_GivesTheChunk(int pieceSize) => ShouldBeTheChunk(Pieces.Of(Message.ToByteArray(), pieceSize));

    [Fact]
    public void Read_WithThePayloadFirstAndFieldsOfALaterVersion_GivesTheChunk()
    {
        var head = Message.Answer.Clone();
        head.Payload = ByteString.Empty;
        var payload = new Answer { Payload = Message.Answer.Payload };
        byte[] later = [(14 << 3) | 0, 0x01, (13 << 3) | 5, 1, 2, 3, 4, (12 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8, (11 << 3) | 2, 2, 9, 9];
        var answer = (byte[])[.. payload.ToByteArray(), .. later, .. head.ToByteArray()];

        ShouldBeTheChunk(new ReadOnlySequence<byte>([(2 << 3) | 2, (byte)answer.Length, .. answer]));
    }

    [Fact]
    public void Read_OfARefusal_GivesIt()
    {
        var refusal = new TeacherMessage { Refusal = new Refusal { Number = 0, Reason = RefusalReason.Lesson, Message = "no" } };

        TeacherFrameFormat.Read(new ReadOnlySequence<byte>(refusal.ToByteArray()), out var payload).ShouldBe(refusal);

        payload.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Read_OfAnyTruncation_Fails()
    {
        var whole = Message.ToByteArray();

        foreach (var length in Enumerable.Range(1, whole.Length - 1))
        {
            Should.Throw<InvalidProtocolBufferException>(
                () => TeacherFrameFormat.Read(new ReadOnlySequence<byte>(whole, 0, length), out _));
        }
    }

    private static EncodedTargets Targets() => new Fp32Codec().Encode(FakeTeacher.Targets(Students.Lesson(5)));

    private static void ShouldBeTheChunk(ReadOnlySequence<byte> bytes)
    {
        var message = TeacherFrameFormat.Read(bytes, out var payload);

        payload.ToArray().ShouldBe(Message.Answer.Payload.ToByteArray());
        var answer = message.Answer;
        answer.Payload.ShouldBeEmpty();
        (answer.Number, answer.Offset, answer.First, answer.Count).ShouldBe((1_000_000, 0, 5, 2));
        (answer.Width, answer.TotalBytes, answer.ComputeNanos, answer.Origin).ShouldBe((3, 24, 12_000, Origin.Computed));
    }

    private static byte[] Written(TeacherFrame frame)
    {
        var context = new RecordingContext();
        TeacherFrameFormat.Write(frame, context);
        context.Announced.ShouldBe(context.Written.WrittenCount);
        return context.Written.WrittenSpan.ToArray();
    }

    private sealed class RecordingContext : SerializationContext
    {
        public ArrayBufferWriter<byte> Written { get; } = new();

        public int Announced { get; private set; }

        public override void SetPayloadLength(int payloadLength) => Announced = payloadLength;

        public override IBufferWriter<byte> GetBufferWriter() => Written;

        public override void Complete()
        {
        }
    }
}
