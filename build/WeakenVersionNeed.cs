using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF library and marks one version that it needs as weak (VER_FLG_WEAK), so that the
/// dynamic loader accepts a host that lacks it. Layouts: System V gABI, chapter 4; LSB 5.0, "Symbol Versioning".
/// </summary>
public sealed class WeakenVersionNeed : Task
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const byte WeakFlag = 0x2;

    /// <summary>The library as it came.</summary>
    [Required]
    public string Library { get; set; }

    /// <summary>The version to mark, for example GLIBCXX_3.4.32.</summary>
    [Required]
    public string Version { get; set; }

    /// <summary>Where the marked copy goes; an existing file is replaced, never written into: it may be a hard link.</summary>
    [Required]
    public string Destination { get; set; }

    public override bool Execute()
    {
        try
        {
            var image = File.ReadAllBytes(Library);
            if (!TryWeaken(image))
            {
                Log.LogMessage("{0} does not need {1}.", Library, Version);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Destination));
            var temporary = Destination + ".new";
            File.WriteAllBytes(temporary, image);
            File.Delete(Destination);
            File.Move(temporary, Destination);
            return true;
        }
        catch (Exception e) when (e is IOException || e is InvalidDataException || e is UnauthorizedAccessException)
        {
            Log.LogError("{0}: {1}", Library, e.Message);
            return false;
        }
        catch (Exception e) when (e is ArgumentException || e is IndexOutOfRangeException)
        {
            Log.LogError("{0}: a table of the ELF file points outside the file; restore the package again.", Library);
            return false;
        }
    }

    private bool TryWeaken(byte[] image)
    {
        if (image.Length < 64 || BitConverter.ToUInt32(image, 0) != 0x464c457f || image[4] != 2 || image[5] != 1)
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF file; restore the package again.");
        }

        var sections = Offset(image, 0x28);
        var sectionSize = BitConverter.ToUInt16(image, 0x3a);
        var sectionCount = BitConverter.ToUInt16(image, 0x3c);
        for (var index = 0; index < sectionCount; index++)
        {
            var section = sections + index * sectionSize;
            if (BitConverter.ToUInt32(image, section + 0x04) == VersionNeedSection)
            {
                var strings = sections + (int)BitConverter.ToUInt32(image, section + 0x28) * sectionSize;
                return TryWeaken(image, Offset(image, section + 0x18), Offset(image, strings + 0x18));
            }
        }

        return false;
    }

    /// <summary>Walks the chain of files (Elf64_Verneed) and of each file's versions (Elf64_Vernaux).</summary>
    private bool TryWeaken(byte[] image, int need, int strings)
    {
        while (true)
        {
            var version = need + (int)BitConverter.ToUInt32(image, need + 8);
            for (var left = BitConverter.ToUInt16(image, need + 2); left > 0; left--)
            {
                if (Text(image, strings + (int)BitConverter.ToUInt32(image, version + 8)) == Version)
                {
                    image[version + 4] |= WeakFlag;
                    return true;
                }

                version += (int)BitConverter.ToUInt32(image, version + 12);
            }

            var next = (int)BitConverter.ToUInt32(image, need + 12);
            if (next == 0)
            {
                return false;
            }

            need += next;
        }
    }

    private static int Offset(byte[] image, int at) => (int)Math.Min(BitConverter.ToUInt64(image, at), int.MaxValue);

    private static string Text(byte[] image, int at) =>
        Encoding.ASCII.GetString(image, at, Math.Max(0, Array.IndexOf(image, (byte)0, at) - at));
}
