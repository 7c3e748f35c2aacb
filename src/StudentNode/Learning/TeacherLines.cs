using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Trials;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Prefetch;

namespace Stillhouse.StudentNode.Learning;

/// <summary>Connects a trial to all its teachers.</summary>
public sealed class TeacherLines(TeacherChannels channels)
{
    /// <summary>A feed that asks every teacher for the lessons, within the window that the spec allows. Disposing it hangs up.</summary>
    public async Task<PrefetchWindow> OpenAsync(ITaughtWork work, IEnumerable<Lesson> lessons, CancellationToken cancellation)
    {
        var window = work.Distillation.Prefetch;
        var opening = work.Teachers
            .Select(teacher => channels.OpenAsync(teacher, work.Dataset.Digest, window, cancellation))
            .ToArray();
        try
        {
            return new PrefetchWindow(await Task.WhenAll(opening).ConfigureAwait(false), lessons, window);
        }
        catch
        {
            foreach (var opened in opening.Where(line => line.IsCompletedSuccessfully))
            {
                await opened.Result.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }
}
