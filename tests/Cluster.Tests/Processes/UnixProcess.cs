using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Stillhouse.Cluster.Tests.Processes;

internal enum UnixSignal
{
    HangUp = 1,
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Stop = 19,
}

/// <summary>Signals processes and waits for their end, children of this one or not.</summary>
internal static partial class UnixProcess
{
    private const int NoSuchProcess = 3;
    private const short Readable = 1;
    private const long PidfdOpen = 434;

    public static void Signal(int processId, UnixSignal signal)
    {
        if (Kill(processId, (int)signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Whether the process has ended within the time; a zombie that nobody has buried yet has ended.</summary>
    public static Task<bool> EndsWithinAsync(int processId, TimeSpan time) => Task.Factory.StartNew(
        () => EndsWithin(processId, (int)time.TotalMilliseconds),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static bool EndsWithin(int processId, int milliseconds)
    {
        var descriptor = (int)SystemCall(PidfdOpen, processId, 0);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == NoSuchProcess ? true : throw new Win32Exception(error);
        }

        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);
        var poll = new PollDescriptor { Descriptor = descriptor, Events = Readable };
        return Poll(ref poll, 1, milliseconds) == 1;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, long first, long second);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
