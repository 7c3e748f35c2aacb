using System.Diagnostics;

namespace Stillhouse.Cli.Running;

/// <summary>Starts this program again.</summary>
internal static class Self
{
    /// <summary>Works for the <c>still</c> executable and for <c>dotnet still.dll</c> alike.</summary>
    public static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var assembly = typeof(Self).Assembly.Location;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return new ProcessStartInfo(program, isHost ? [assembly, .. arguments] : arguments);
    }
}
