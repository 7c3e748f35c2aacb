using System.Text.Json;
using System.Text.Json.Serialization;
using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Results;

/// <summary>How figures are written for programs: camelCase, indented, states by their names.</summary>
public static class ReportJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <exception cref="JsonException">It is no report.</exception>
    public static RunReport Decode(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<RunReport>(json, Options) is { Dataset: { } dataset, Teachers: not null, Baseline: not null, Student: not null } report
        && dataset.Digest != default
            ? report
            : throw new JsonException("It does not speak of a dataset, teachers, a baseline and a student.");

    public static byte[] Encode(RunReport report) => [.. JsonSerializer.SerializeToUtf8Bytes(report, Options), (byte)'\n'];
}
