using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace Stillhouse.Distillation.Native;

/// <summary>Whether this host can load libtorch, said once and plainly, before any work is accepted.</summary>
public static partial class TorchRuntime
{
    private const string LibraryName = "libLibTorchSharp.so";

    /// <summary>Loads libtorch, or says in one sentence why this host cannot.</summary>
    /// <exception cref="TorchUnavailableException">A library, or a version of one, is missing.</exception>
    public static void EnsureLoadable()
    {
        try
        {
            // The loader is asked first, because TorchSharp leaves its message out and prints an essay instead.
            NativeLibrary.Load(LibraryPath() ?? LibraryName);
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or NotSupportedException)
        {
            throw new TorchUnavailableException(Explain(e.GetBaseException().Message), e);
        }
    }

    /// <summary>Turns the dynamic loader's message into what is missing and what to do about it.</summary>
    internal static string Explain(string loaderMessage)
    {
        if (MissingVersion().Match(loaderMessage) is { Success: true } version)
        {
            return $"libtorch cannot be loaded: this host's {version.Groups["library"]} lacks {version.Groups["version"]}; "
                + "use a host with GCC 12's libstdc++ and glibc 2.34 or newer, for example Debian 12, Ubuntu 24.04 "
                + "or a .NET 10 container image.";
        }

        if (MissingLibrary().Match(loaderMessage) is { Success: true } library)
        {
            return $"libtorch cannot be loaded: {library.Groups["library"]} is missing; build again for linux-x64 "
                + "with the TorchBackend that fits this host (cpu or cuda).";
        }

        return $"libtorch cannot be loaded on {RuntimeInformation.RuntimeIdentifier}: {loaderMessage}; "
            + "the supported platform is linux-x64 with glibc.";
    }

    private static string? LibraryPath()
    {
        string[] folders = [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native")];
        return folders.Select(folder => Path.Combine(folder, LibraryName)).FirstOrDefault(File.Exists);
    }

    [GeneratedRegex(@"(?<library>[^\s/]+\.so[.\d]*): version [`'](?<version>[^']+)' not found")]
    private static partial Regex MissingVersion();

    [GeneratedRegex(@"(?<library>[^\s/]+\.so[.\d]*): cannot open shared object file")]
    private static partial Regex MissingLibrary();
}
