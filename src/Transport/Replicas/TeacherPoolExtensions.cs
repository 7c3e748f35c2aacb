using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Feeds;
using Stillhouse.Transport.Flow;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Replicas;

/// <summary>Puts the learning side of the data plane into a host.</summary>
public static class TeacherPoolExtensions
{
    /// <summary>
    /// Adds <see cref="TeacherPool"/> with a store of its own, whose bounds are the <see cref="TargetStoreOptions"/> under the
    /// name of <see cref="StoreSide.Student"/>; the host adds an <see cref="ILineOpener"/>. Configure
    /// <see cref="ReplicaOptions"/> and <see cref="LessonFeedOptions"/> to change its bounds.
    /// </summary>
    public static IServiceCollection AddTeacherPool(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ReplicaOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LessonFeedOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider =>
            new ByteBudget(provider.GetRequiredService<IOptions<ReplicaOptions>>().Value.BytesInFlight));
        services.TryAddSingleton<LessonMetrics>();
        services.AddTargetStore(StoreSide.Student);
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<TeacherPool>(
            provider, provider.GetTargetStore(StoreSide.Student)));
        return services;
    }
}
