namespace Stillhouse.Cli;

/// <summary>What the process says to whoever started it. All commands use these and no others.</summary>
public static class ExitCode
{
    /// <summary>The command did what it was asked.</summary>
    public const int Success = 0;

    /// <summary>The work began and failed.</summary>
    public const int RunFailed = 1;

    /// <summary>A command line, a spec or data with problems; nothing was started.</summary>
    public const int BadInput = 2;

    /// <summary>The cluster knows no such run.</summary>
    public const int NotFound = 3;

    /// <summary>Ctrl+C, by the convention of 128 and the signal's number.</summary>
    public const int Interrupted = 130;
}
