using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Lessons;

/// <summary>What both ends require of the inputs of a lesson.</summary>
internal static class ShippedInputs
{
    /// <summary>Why so many bytes are not the inputs of the lesson, in words; null if they may be.</summary>
    /// <param name="areShipped">Whether that was agreed.</param>
    /// <param name="inputSize">Bytes per sample.</param>
    public static string? Flaw(Lesson lesson, bool areShipped, int inputSize, int bytes)
    {
        var expected = areShipped ? (long)lesson.Samples.Count * inputSize : 0;
        return bytes == expected ? null
            : areShipped ? $"{bytes} bytes of inputs came with it; {lesson.Samples.Count} samples of {inputSize} have {expected}"
            : $"{bytes} bytes of inputs came with it; it was agreed that inputs are not shipped";
    }
}
