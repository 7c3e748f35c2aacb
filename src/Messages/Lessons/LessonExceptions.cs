namespace Stillhouse.Messages.Lessons;

/// <summary>A lesson or the opening of a line breaks the agreement between student and teacher; asking again would not help.</summary>
public sealed class LessonRefusedException(string message) : Exception(message);

/// <summary>
/// What a replica sent is no answer to the lesson: other samples, another shape, a value that is no number, too much. It is
/// thrown away, and the replica is asked no more.
/// </summary>
public sealed class WrongAnswerException(string message) : Exception(message);

/// <summary>A teacher cannot be reached, or went away with lessons open.</summary>
public sealed class TeacherUnreachableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A network that others learn from while it learns has stopped before its last step: from here on nobody hears from it.</summary>
public sealed class LessonsEndedException(string message) : Exception(message);
