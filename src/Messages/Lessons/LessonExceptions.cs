namespace Stillhouse.Messages.Lessons;

/// <summary>A lesson, an answer or the opening of a channel breaks the agreement between student and teacher.</summary>
public sealed class LessonRefusedException(string message) : Exception(message);

/// <summary>A teacher cannot be reached, or went away with lessons open.</summary>
public sealed class TeacherUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
