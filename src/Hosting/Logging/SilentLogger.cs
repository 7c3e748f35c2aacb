using Akka.Event;

namespace Stillhouse.Hosting.Logging;

/// <summary>
/// Takes the place of the logger that Akka puts on standard output once all others have stopped: the terminal belongs to
/// whoever runs the command, and <c>stdout-loglevel = OFF</c> does not hold that late (akkadotnet/akka.net#5246).
/// </summary>
public sealed class SilentLogger : MinimalLogger
{
    protected override void Log(object message)
    {
    }
}
