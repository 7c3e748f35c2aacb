using Stillhouse.Messages.Identity;

namespace Stillhouse.TeacherNode.Teaching;

/// <summary>A replica answers, but not what its artifact answers: it must not serve.</summary>
public sealed class ProbeMismatchException(string teacher, Digest expected, Digest found) : Exception(
    $"{teacher} answers the probe with {found} here, where its artifact answers {expected}: "
    + "this node computes otherwise, for example on another processor or with another version of libtorch.");
