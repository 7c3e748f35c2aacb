using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Feeds;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Replicas;

/// <summary>Puts the learning side of the data plane into a host.</summary>
public static class TeacherPoolExtensions
{
    /// <summary>
    /// Adds <see cref="TeacherPool"/> with a store of its own: a keyed service, under <see cref="StoreSide.Student"/>'s name, as
    /// are the <see cref="TargetStoreOptions"/> that configure it. The host adds an <see cref="ILineOpener"/>. Configure
    /// <see cref="ReplicaOptions"/> and <see cref="LessonFeedOptions"/> to change its bounds.
    /// </summary>
    public static IServiceCollection AddTeacherPool(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ReplicaOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LessonFeedOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TargetStoreOptions>(StoreSide.Student.Name).ValidateDataAnnotations();
        services.TryAddSingleton(provider =>
            new ByteBudget(provider.GetRequiredService<IOptions<ReplicaOptions>>().Value.BytesInFlight));
        services.TryAddSingleton<LessonMetrics>();
        services.TryAddKeyedSingleton(StoreSide.Student.Name, static (provider, name) => new TargetStore(
            StoreSide.Student,
            provider.GetRequiredService<IOptionsMonitor<TargetStoreOptions>>().Get((string)name),
            provider.GetRequiredService<ILogger<TargetStore>>()));
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<TeacherPool>(
            provider, provider.GetRequiredKeyedService<TargetStore>(StoreSide.Student.Name)));
        return services;
    }
}
