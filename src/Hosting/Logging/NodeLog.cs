using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;

namespace Stillhouse.Hosting.Logging;

/// <summary>A node's log: one file, one line per entry, appended.</summary>
public static class NodeLog
{
    private const string Template = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";

    public static ILoggingBuilder AddNodeLog(this ILoggingBuilder logging, string file) =>
        logging
            .ClearProviders()
            .AddSerilog(
                new LoggerConfiguration()
                    .MinimumLevel.Information()
                    .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                    .WriteTo.File(file, outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture, shared: false)
                    .CreateLogger(),
                dispose: true);
}
