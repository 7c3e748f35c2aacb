using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Transport.Channels;

/// <summary>Puts the learning side of the data plane into a host.</summary>
public static class LessonLinesExtensions
{
    /// <summary>Adds <see cref="LessonLines"/>, also as <see cref="ILineOpener"/>. Configure <see cref="LineOptions"/> to change its limits.</summary>
    public static IServiceCollection AddLessonLines(this IServiceCollection services)
    {
        services.AddServedTeachers();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ArrayPool<byte>.Shared);
        services.AddOptions<LineOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<LessonLines>();
        services.TryAddSingleton<ILineOpener>(static provider => provider.GetRequiredService<LessonLines>());
        return services;
    }
}
