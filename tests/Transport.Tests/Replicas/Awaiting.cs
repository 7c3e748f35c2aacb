namespace Stillhouse.Transport.Tests.Replicas;

internal static class Awaiting
{
    /// <summary>Far more than anything takes here; so that what never happens fails a test instead of holding it up.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(30);

    /// <summary>Waits for what must happen.</summary>
    public static Task<T> OrFail<T>(this Task<T> task) => task.WaitAsync(Never, TestContext.Current.CancellationToken);

    /// <inheritdoc cref="OrFail{T}(Task{T})"/>
    public static Task<T> OrFail<T>(this ValueTask<T> task) => task.AsTask().OrFail();
}
