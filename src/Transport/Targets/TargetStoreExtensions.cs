using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Stillhouse.Transport.Targets;

/// <summary>Puts stores of soft targets into a host.</summary>
internal static class TargetStoreExtensions
{
    /// <summary>Adds a side's store, under the side's name, as are the <see cref="TargetStoreOptions"/> that configure it.</summary>
    public static IServiceCollection AddTargetStore(this IServiceCollection services, StoreSide side)
    {
        services.AddOptions<TargetStoreOptions>(side.Name).ValidateDataAnnotations();
        services.TryAddKeyedSingleton(side.Name, (provider, name) => new TargetStore(
            side,
            provider.GetRequiredService<IOptionsMonitor<TargetStoreOptions>>().Get((string)name),
            provider.GetRequiredService<ILogger<TargetStore>>()));
        return services;
    }

    public static TargetStore GetTargetStore(this IServiceProvider provider, StoreSide side) =>
        provider.GetRequiredKeyedService<TargetStore>(side.Name);
}
