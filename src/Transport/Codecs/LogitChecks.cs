using System.Numerics.Tensors;
using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Codecs;

/// <summary>What must be true of logits and features before anybody learns from them.</summary>
internal static class LogitChecks
{
    /// <summary>The first value that is not finite, in words; null if there is none.</summary>
    public static string? Flaw(ReadOnlySpan<float> logits, int width)
    {
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes(logits)))
        {
            return null;
        }

        for (var i = 0; i < logits.Length; i++)
        {
            if (!float.IsFinite(logits[i]))
            {
                return $"value {i % width} of row {i / width} is {logits[i]}, not a finite number";
            }
        }

        return null;
    }

    /// <summary>Checks what came out of a network.</summary>
    /// <exception cref="WrongAnswerException">It is no answer to its lesson.</exception>
    public static void Require(SoftTargets targets)
    {
        var (lesson, logits, _) = targets;
        if (logits.Rows != lesson.Samples.Count)
        {
            throw new WrongAnswerException(
                $"The network answered lesson {lesson} with {logits.Rows} rows, not with {lesson.Samples.Count}.");
        }

        if (Flaw(logits.Values, logits.Width) is { } flaw)
        {
            throw new WrongAnswerException($"The network's answer to lesson {lesson} cannot be taught: {flaw}.");
        }
    }
}
