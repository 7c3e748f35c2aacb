using Stillhouse.Messages.Lessons;

namespace Stillhouse.Transport.Lessons;

/// <summary>Whether an answer is the answer to a lesson.</summary>
public static class AnswerChecks
{
    /// <summary>Requires number, sample ids, shape <c>[lesson samples, classes]</c> and finite logits.</summary>
    /// <param name="teacher">Names the teacher in the message.</param>
    /// <param name="classes">Logits per sample that the teacher promised when the channel was opened.</param>
    /// <exception cref="LessonRefusedException">The first difference, with teacher and lesson.</exception>
    public static void Require(string teacher, int classes, Lesson lesson, SoftTargets answer)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        ArgumentNullException.ThrowIfNull(answer);
        if (Difference(classes, lesson, answer) is { } difference)
        {
            throw new LessonRefusedException($"The answer of {teacher} to lesson {lesson.Number} does not fit it: {difference}.");
        }
    }

    private static string? Difference(int classes, Lesson lesson, SoftTargets answer)
    {
        var logits = answer.Logits;
        if (answer.LessonNumber != lesson.Number)
        {
            return $"it is about lesson {answer.LessonNumber}";
        }

        if (answer.SampleIds.Count != lesson.SampleIds.Count)
        {
            return $"{lesson.SampleIds.Count} samples were asked about, {answer.SampleIds.Count} are answered";
        }

        for (var i = 0; i < lesson.SampleIds.Count; i++)
        {
            if (answer.SampleIds[i] != lesson.SampleIds[i])
            {
                return $"sample {lesson.SampleIds[i]} was asked about at position {i}, sample {answer.SampleIds[i]} is answered";
            }
        }

        if (logits.Rows != lesson.SampleIds.Count || logits.Classes != classes)
        {
            return $"the logits are [{logits.Rows}, {logits.Classes}], expected [{lesson.SampleIds.Count}, {classes}]";
        }

        var values = logits.Values;
        return values.Length != (long)logits.Rows * logits.Classes
            ? $"[{logits.Rows}, {logits.Classes}] logits were announced, {values.Length} values came"
            : NotFinite(values) is var at and >= 0
                ? $"the logit of sample {lesson.SampleIds[at / classes]} for class {at % classes} is {values[at]}, not a finite number"
                : null;
    }

    private static int NotFinite(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
