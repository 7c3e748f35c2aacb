using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Transport.Tests.Fakes;

/// <summary>A teacher node with a real socket on a free loopback port.</summary>
internal sealed class TeacherHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TeacherHost(WebApplication app) => _app = app;

    public ServedTeachers Teachers => _app.Services.GetRequiredService<ServedTeachers>();

    public Uri Address => new(_app.Urls.Single());

    public ReplicaEndpoint Endpoint => new("node-1", Address);

    public static async Task<TeacherHost> StartAsync(TimeProvider? time = null, Action<TeachingOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port: 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddTeaching();
        builder.Services.Configure(configure ?? (_ => { }));
        var app = builder.Build();
        app.MapTeaching();
        await app.StartAsync();
        return new TeacherHost(app);
    }

    /// <summary>Closes every connection without waiting for streams to end.</summary>
    public async Task KillAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _app.DisposeAsync();
    }
}
