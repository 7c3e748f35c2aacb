using System.IO.MemoryMappedFiles;

namespace Stillhouse.Transport.Targets.Files;

/// <summary>A file in memory, read by the operating system when somebody looks. Meanwhile it may be deleted, but not cut short.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _length;
    private byte* _start;

    /// <exception cref="IOException">There is no such file, or it cannot be mapped.</exception>
    /// <exception cref="InvalidDataException">It has no bytes, or too many.</exception>
    public MappedFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        _length = file.Length is > 0 and <= int.MaxValue
            ? (int)file.Length
            : throw new InvalidDataException($"expected 1 to {int.MaxValue} bytes, found {file.Length}");
        using var mapping = MemoryMappedFile.CreateFromFile(
            file, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = mapping.CreateViewAccessor(offset: 0, size: 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>The whole file; valid until disposal.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            return new ReadOnlySpan<byte>(_start, _length);
        }
    }

    public void Dispose()
    {
        if (_start is not null)
        {
            _start = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
        }
    }
}
