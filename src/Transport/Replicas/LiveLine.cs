using Stillhouse.Transport.Channels;

namespace Stillhouse.Transport.Replicas;

/// <summary>A line that is open, until somebody finds that it is not.</summary>
internal sealed class LiveLine(ILessonLine line, CancellationToken lost)
{
    private readonly TaskCompletionSource<string> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _hasAnswered;

    public ILessonLine Line => line;

    /// <summary>Fires once nothing more is to be expected; open lessons are then asked elsewhere.</summary>
    public CancellationToken Lost => lost;

    /// <summary>Why it is no longer of use.</summary>
    public Task<string> Broken => _broken.Task;

    /// <summary>Whether it has ever been of use.</summary>
    public bool HasAnswered => _hasAnswered;

    public void Answered() => _hasAnswered = true;

    /// <summary>Only the first reason counts.</summary>
    public void Break(string reason) => _broken.TrySetResult(reason);
}
