using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Tests.Fakes;

namespace Stillhouse.Transport.Tests.Lessons;

/// <summary>The hand-made path of logits against protobuf's own.</summary>
public sealed class TeacherFrameFormatTests
{
    private static readonly float[] Values = [1, -2.5f, 1e-40f, 4, 5, 6];

    private static readonly TeacherMessage Message = new()
    {
        Answer = new Answer
        {
            Number = 1_000_000,
            SampleIds = { 3, 70_000 },
            Rows = 2,
            Classes = 3,
            ComputeNanos = 12_000,
            Logits = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(Values)),
        },
    };

    [Fact]
    public void Write_OfAnAnswer_IsWhatProtobufWrites()
    {
        using var frame = new TeacherFrame(
            FakeTeacher.Targets(new Lesson(1_000_000, Messages.Lessons.Split.Train, [3, 70_000]), values: Values));

        Written(frame).ShouldBe(Message.ToByteArray());
    }

    [Fact]
    public void Write_OfAnythingElse_IsWhatProtobufWrites()
    {
        var welcome = new TeacherMessage { Welcome = new Welcome { Classes = 10, MaxOpenLessons = 8 } };
        using var frame = new TeacherFrame(welcome);

        Written(frame).ShouldBe(welcome.ToByteArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Read_InPiecesOfAnySize_GivesTheAnswer(int pieceSize)
    {
        using var frame = TeacherFrameFormat.Read(Pieces.Of(Message.ToByteArray(), pieceSize), ArrayPool<byte>.Shared);

        ShouldBeTheAnswer(frame);
    }

    [Fact]
    public void Read_WithLogitsFirstAndFieldsOfALaterVersion_GivesTheAnswer()
    {
        var head = Message.Answer.Clone();
        head.Logits = ByteString.Empty;
        var logits = new Answer { Logits = Message.Answer.Logits };
        byte[] later = [(14 << 3) | 0, 0x01, (13 << 3) | 5, 1, 2, 3, 4, (12 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8, (11 << 3) | 2, 2, 9, 9];
        var answer = (byte[])[.. logits.ToByteArray(), .. later, .. head.ToByteArray()];
        var payload = (byte[])[(2 << 3) | 2, (byte)answer.Length, .. answer];

        using var frame = TeacherFrameFormat.Read(new ReadOnlySequence<byte>(payload), ArrayPool<byte>.Shared);

        ShouldBeTheAnswer(frame);
    }

    [Fact]
    public void Read_OfARefusal_GivesIt()
    {
        var refusal = new TeacherMessage { Refusal = new Refusal { Number = 0, Reason = RefusalReason.Lesson, Message = "no" } };

        using var frame = TeacherFrameFormat.Read(new ReadOnlySequence<byte>(refusal.ToByteArray()), ArrayPool<byte>.Shared);

        frame.Message.ShouldBe(refusal);
        frame.ClosedLesson.ShouldBe(0);
        frame.SoftTargets.ShouldBeNull();
    }

    [Fact]
    public void Read_OfBytesThatAreNoWholeValues_IsRefused()
    {
        var cut = Message.Clone();
        cut.Answer.Logits = ByteString.CopyFrom(new byte[23]);

        Should.Throw<InvalidDataException>(
                () => TeacherFrameFormat.Read(new ReadOnlySequence<byte>(cut.ToByteArray()), ArrayPool<byte>.Shared))
            .Message.ShouldContain("23 bytes");
    }

    [Fact]
    public void Read_OfAnyTruncation_FailsWithoutKeepingABuffer()
    {
        var whole = Message.ToByteArray();
        var pool = new CountingPool();

        foreach (var length in Enumerable.Range(1, whole.Length - 1))
        {
            Should.Throw<InvalidProtocolBufferException>(
                () => TeacherFrameFormat.Read(new ReadOnlySequence<byte>(whole, 0, length), pool));
        }

        pool.Lent.ShouldBe(0);
    }

    private static void ShouldBeTheAnswer(TeacherFrame frame)
    {
        var targets = frame.SoftTargets.ShouldNotBeNull();
        targets.LessonNumber.ShouldBe(1_000_000);
        targets.SampleIds.ShouldBe([3, 70_000]);
        targets.ComputeTime.ShouldBe(TimeSpan.FromMicroseconds(12));
        (targets.Logits.Rows, targets.Logits.Classes).ShouldBe((2, 3));
        targets.Logits.Values.ToArray().ShouldBe(Values);
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
