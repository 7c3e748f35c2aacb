using System.Text.Json.Serialization;

namespace Stillhouse.Messages.Identity;

/// <summary>Names one run, for example <c>mnist-ensemble-20261124-101500-7f3a</c>.</summary>
[JsonConverter(typeof(ParsableJsonConverter<RunId>))]
public readonly record struct RunId : IParsable<RunId>
{
    public RunId(string value) => Value = Identifier.Require(value, "run id");

    public string Value { get => field ?? throw new InvalidOperationException("An empty run id."); }

    public static RunId Parse(string s, IFormatProvider? provider) => new(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out RunId result)
    {
        var valid = Identifier.IsValid(s);
        result = valid ? new RunId(s!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
