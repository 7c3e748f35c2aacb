using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Transport.Channels;

/// <summary>Puts the learning side of the data plane into a host.</summary>
public static class TeacherChannelsExtensions
{
    /// <summary>Adds <see cref="TeacherChannels"/>. Configure <see cref="TeacherChannelOptions"/> to change its deadlines.</summary>
    public static IServiceCollection AddTeacherChannels(this IServiceCollection services)
    {
        services.TryAddSingleton<ServedTeachers>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ArrayPool<byte>.Shared);
        services.AddOptions<TeacherChannelOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<TeacherChannels>();
        return services;
    }
}
