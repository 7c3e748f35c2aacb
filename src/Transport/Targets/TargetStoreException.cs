namespace Stillhouse.Transport.Targets;

/// <summary>A store's folder cannot be used.</summary>
public sealed class TargetStoreException(string message, Exception? inner = null) : Exception(message, inner);
