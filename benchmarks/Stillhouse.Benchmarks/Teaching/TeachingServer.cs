using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Stillhouse.Messages.Lessons;
using Stillhouse.Transport.Targets;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Benchmarks.Teaching;

/// <summary>The teaching side of a node on loopback, as the product composes it.</summary>
internal sealed class TeachingServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentBag<Socket> _connections;

    private TeachingServer(WebApplication server, ConcurrentBag<Socket> connections) =>
        (_server, _connections) = (server, connections);

    public Uri Address => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>What has crossed the connections that are open, in both directions.</summary>
    public long BytesOnTheWire => _connections.Sum(SocketBytes.Of);

    /// <param name="teachers">Served from now on.</param>
    /// <param name="storeBytes">What the node may keep of their answers.</param>
    public static async Task<TeachingServer> StartAsync(IEnumerable<ILessonServer> teachers, long storeBytes)
    {
        var connections = new ConcurrentBag<Socket>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => connection =>
            {
                connections.Add(connection.Features.Get<IConnectionSocketFeature>()!.Socket);
                return next(connection);
            });
        }));
        builder.Services
            .AddRoutingCore()
            .AddTeaching()
            .Configure<TargetStoreOptions>(StoreSide.Teacher.Name, options => options.MemoryBytes = storeBytes);
        var server = builder.Build();
        server.MapTeaching();
        var served = server.Services.GetRequiredService<ServedTeachers>();
        foreach (var teacher in teachers)
        {
            served.Add(teacher);
        }

        await server.StartAsync();
        return new TeachingServer(server, connections);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
