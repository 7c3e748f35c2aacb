using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Identity;

/// <summary>Names one trial: the run it belongs to and its name within it, written <c>run/trial</c>.</summary>
[JsonConverter(typeof(ParsableJsonConverter<TrialId>))]
public readonly record struct TrialId : IParsable<TrialId>
{
    private const char Separator = '/';

    public TrialId(RunId run, string name)
    {
        Run = run;
        Name = Identifier.Require(name, "trial name");
    }

    public RunId Run { get; }

    public string Name { get => field ?? throw new InvalidOperationException("An empty trial id."); }

    public static TrialId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result)
            ? result
            : throw new FormatException($"'{s}' is not a trial id; one is written run{Separator}trial.");

    public static bool TryParse(string? s, IFormatProvider? provider, out TrialId result)
    {
        var parts = s?.Split(Separator) ?? [];
        var valid = parts.Length == 2 && Identifier.IsValid(parts[0]) && Identifier.IsValid(parts[1]);
        result = valid ? new TrialId(new RunId(parts[0]), parts[1]) : default;
        return valid;
    }

    public override string ToString() => $"{Run}{Separator}{Name}";
}
