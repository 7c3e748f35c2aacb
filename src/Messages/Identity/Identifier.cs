namespace Stillhouse.Messages.Identity;

/// <summary>What every textual identifier must look like: it is used in file names, URLs and actor paths.</summary>
internal static class Identifier
{
    public const int MaximumLength = 120;

    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaximumLength }
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    public static string Require(string? text, string what) =>
        IsValid(text)
            ? text!
            : throw new FormatException(
                $"'{text}' is not a {what}: 1 to {MaximumLength} ASCII letters, digits, '-', '_' or '.', beginning with a letter or digit.");
}
