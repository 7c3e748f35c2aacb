using Google.Protobuf;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Lessons.V1;
using LiveView = Stillhouse.Messages.Lessons.LiveView;
using PlainView = Stillhouse.Messages.Lessons.PlainView;
using ShiftedView = Stillhouse.Messages.Lessons.ShiftedView;
using Split = Stillhouse.Messages.Lessons.Split;
using WireLiveView = Stillhouse.Transport.Lessons.V1.LiveView;
using WirePlainView = Stillhouse.Transport.Lessons.V1.PlainView;
using WireShiftedView = Stillhouse.Transport.Lessons.V1.ShiftedView;
using WireSplit = Stillhouse.Transport.Lessons.V1.Split;

namespace Stillhouse.Transport.Lessons;

/// <summary>Lessons to and from the wire.</summary>
internal static class LessonRequests
{
    private const int MostPixels = 65_535;

    /// <summary>A request that still needs its number.</summary>
    /// <param name="inputs">Not copied: they must not change until the request has been written.</param>
    public static LessonRequest ToRequest(this Lesson lesson, ReadOnlyMemory<byte> inputs)
    {
        var request = new LessonRequest
        {
            Split = lesson.Split switch
            {
                Split.Train => WireSplit.Train,
                Split.Validation => WireSplit.Validation,
                Split.Test => WireSplit.Test,
                _ => throw new ArgumentOutOfRangeException(nameof(lesson), lesson.Split, "Not a split."),
            },
            First = lesson.Samples.First,
            Count = lesson.Samples.Count,
            Inputs = UnsafeByteOperations.UnsafeWrap(inputs),
        };
        switch (lesson.View)
        {
            case PlainView:
                request.Plain = new WirePlainView();
                break;
            case ShiftedView shift:
                request.Shift = new WireShiftedView { Pixels = shift.Pixels, Seed = shift.Seed, Epoch = shift.Epoch };
                break;
            case LiveView live:
                request.Live = new WireLiveView { Step = live.Step, Version = live.Version };
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(lesson), lesson.View, "The wire does not know this view.");
        }

        return request;
    }

    /// <exception cref="LessonRefusedException">There is no such split, view or range.</exception>
    public static Lesson ToLesson(this LessonRequest request) => new(SplitOf(request), ViewOf(request), SamplesOf(request));

    private static Split SplitOf(LessonRequest request) => request.Split switch
    {
        WireSplit.Train => Split.Train,
        WireSplit.Validation => Split.Validation,
        WireSplit.Test => Split.Test,
        _ => throw new LessonRefusedException($"split {(int)request.Split} is not known; the splits are 1 to 3"),
    };

    private static View ViewOf(LessonRequest request) => request.ViewCase switch
    {
        LessonRequest.ViewOneofCase.Plain => View.Plain,
        LessonRequest.ViewOneofCase.Shift when request.Shift is { Pixels: >= 1 and <= MostPixels, Epoch: >= 0 } shift =>
            new ShiftedView(shift.Pixels, shift.Seed, shift.Epoch),
        LessonRequest.ViewOneofCase.Shift => throw new LessonRefusedException(
            $"a shift by {request.Shift.Pixels} pixels in epoch {request.Shift.Epoch}; pixels are 1 to {MostPixels}, epochs count from 0"),
        LessonRequest.ViewOneofCase.Live when request.Live is { Step: >= 0, Version: >= 0 } live => new LiveView(live.Step, live.Version),
        LessonRequest.ViewOneofCase.Live => throw new LessonRefusedException(
            $"step {request.Live.Step} at version {request.Live.Version}; both count from 0"),
        _ => throw new LessonRefusedException("it has no view that is known here; those are plain, shift and live"),
    };

    private static SampleRange SamplesOf(LessonRequest request) =>
        request.First >= 0 && request.Count >= 1 && request.Count <= int.MaxValue - request.First
            ? new SampleRange(request.First, request.Count)
            : throw new LessonRefusedException(
                $"{request.Count} samples from {request.First} on; ids count from 0, and a lesson has at least one");
}
