using System.Runtime.InteropServices;

namespace Stillhouse.Distillation.Native;

/// <summary>
/// Keeps libtorch from using oneDNN on the CPU. Its convolutions (libtorch 2.10) pad channels to the width of a vector and read
/// the padding without having written it: what was in that memory before gets into outputs and gradients, as NaN or unseen.
/// libtorch's own convolutions take their place, at about the same speed for networks of this size (docs/adr/0016).
/// </summary>
internal static partial class OneDnn
{
    /// <summary>For the whole process, as the switch in Python's <c>torch.backends.mkldnn</c> does; TorchSharp has none.</summary>
    /// <exception cref="EntryPointNotFoundException">This libtorch has no such switch.</exception>
    public static void Disable() => SetUserEnabledMkldnn(GlobalContext(), 0);

    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at13globalContextEv")]
    private static partial nint GlobalContext();

    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at7Context20setUserEnabledMkldnnEb")]
    private static partial void SetUserEnabledMkldnn(nint context, byte enabled);
}
