using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Teaching;

/// <summary>Puts the teaching side of the data plane into a host.</summary>
public static class TeachingExtensions
{
    /// <summary>
    /// Adds <see cref="ServedTeachers"/> with a store of their own; its bounds are the <see cref="TargetStoreOptions"/> under the
    /// name of <see cref="StoreSide.Teacher"/>.
    /// </summary>
    public static IServiceCollection AddServedTeachers(this IServiceCollection services)
    {
        services.AddTargetStore(StoreSide.Teacher);
        services.TryAddSingleton(static provider => new ServedTeachers(provider.GetTargetStore(StoreSide.Teacher)));
        return services;
    }

    /// <summary>
    /// Adds <see cref="ServedTeachers"/> and what <see cref="MapTeaching"/> needs. Configure
    /// <see cref="TeachingOptions"/> to change its limits; Kestrel must listen with HTTP/2.
    /// </summary>
    public static IServiceCollection AddTeaching(this IServiceCollection services)
    {
        services.AddServedTeachers();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<TeachingOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddGrpc().AddServiceOptions<TeachingService>(static _ => { });
        services.AddOptions<GrpcServiceOptions<TeachingService>>().Configure<IOptions<TeachingOptions>>(
            static (grpc, teaching) => grpc.MaxReceiveMessageSize = teaching.Value.MaximumRequestBytes);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<TeachingOptions>>(
            static (kestrel, teaching) => kestrel.Limits.MaxConcurrentConnections = teaching.Value.MaximumConnections);
        return services;
    }

    /// <summary>Serves lessons.proto at its well-known path.</summary>
    public static IEndpointConventionBuilder MapTeaching(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGrpcService<TeachingService>();
}
