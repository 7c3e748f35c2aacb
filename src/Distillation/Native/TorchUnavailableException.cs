namespace Stillhouse.Distillation.Native;

/// <summary>libtorch cannot be loaded on this host; the message names what is missing and the remedy.</summary>
public sealed class TorchUnavailableException(string message, Exception inner) : Exception(message, inner);
