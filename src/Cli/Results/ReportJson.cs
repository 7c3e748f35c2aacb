using System.Text.Json;
using Stillhouse.Messages.Reports;

namespace Stillhouse.Cli.Results;

/// <summary>How figures are written for programs: camelCase, indented.</summary>
public static class ReportJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static byte[] Encode(RunReport report) => [.. JsonSerializer.SerializeToUtf8Bytes(report, Options), (byte)'\n'];
}
