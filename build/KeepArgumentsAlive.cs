using System;
using System.IO;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies TorchSharp.dll with JIT optimizations turned off for it: the flag DisableOptimizations is added to the assembly's
/// DebuggableAttribute. Optimized, its methods let go of a scalar argument as soon as they have read its native handle; a
/// finalizer may then free it while libtorch still reads it. Not optimized, arguments live until a method returns.
/// Layout: ECMA-335, II.23.3 (a blob of 8 bytes: prolog 1, the modes as int32, no named arguments).
/// </summary>
public sealed class KeepArgumentsAlive : Task
{
    private const int ModesOffset = 3;

    /// <summary>IgnoreSymbolStoreSequencePoints, as the compiler writes it for a release build.</summary>
    private static readonly byte[] Released = { 8, 1, 0, 2, 0, 0, 0, 0, 0 };

    /// <summary>Default, IgnoreSymbolStoreSequencePoints and DisableOptimizations.</summary>
    private static readonly byte[] NotOptimized = { 3, 1, 0, 0 };

    /// <summary>The assembly as it came.</summary>
    [Required]
    public string Library { get; set; }

    /// <summary>Where the changed copy goes; an existing file is replaced, never written into: it may be a hard link.</summary>
    [Required]
    public string Destination { get; set; }

    public override bool Execute()
    {
        try
        {
            var image = File.ReadAllBytes(Library);
            var blob = Find(image, 0);
            if (blob < 0 || Find(image, blob + 1) >= 0)
            {
                Log.LogError("{0}: its DebuggableAttribute is not where it was expected; see {1}.", Library, nameof(KeepArgumentsAlive));
                return false;
            }

            NotOptimized.CopyTo(image, blob + ModesOffset);
            Directory.CreateDirectory(Path.GetDirectoryName(Destination));
            var temporary = Destination + ".new";
            File.WriteAllBytes(temporary, image);
            File.Delete(Destination);
            File.Move(temporary, Destination);
            return true;
        }
        catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
        {
            Log.LogError("{0}: {1}", Library, e.Message);
            return false;
        }
    }

    /// <summary>Where the blob of a release build stands at or after a place, or -1.</summary>
    private static int Find(byte[] image, int start)
    {
        for (var place = start; place <= image.Length - Released.Length; place++)
        {
            var matched = 0;
            while (matched < Released.Length && image[place + matched] == Released[matched])
            {
                matched++;
            }

            if (matched == Released.Length)
            {
                return place;
            }
        }

        return -1;
    }
}
