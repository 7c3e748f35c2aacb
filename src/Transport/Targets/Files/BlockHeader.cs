using System.Buffers.Binary;
using System.Text;

namespace Stillhouse.Transport.Targets.Files;

/// <summary>
/// What a block's file says before its rows, little-endian: magic number (8 bytes), format version (4), bytes of the key (4),
/// values per row (4), bytes of all rows (4), compute time in units of 100 ns (8), the key in UTF-8, then 0 until the length is a
/// multiple of <see cref="Alignment"/>.
/// </summary>
internal sealed record BlockHeader(string Key, int Width, TimeSpan ComputeTime, int RowBytes)
{
    private const int Version = 1;
    private const int Alignment = 64;
    private const int FixedBytes = 32;

    /// <summary>Bytes of the header; rows begin there.</summary>
    public int Length { get; } = AlignedLength(Encoding.UTF8.GetByteCount(Key));

    private static ReadOnlySpan<byte> Magic => "STILLTGT"u8;

    /// <param name="header"><see cref="Length"/> bytes, all 0.</param>
    public void Write(Span<byte> header)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], Encoding.UTF8.GetBytes(Key, header[FixedBytes..]));
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], Width);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], RowBytes);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], ComputeTime.Ticks);
    }

    /// <exception cref="InvalidDataException">The file does not begin with a header of this version.</exception>
    public static BlockHeader Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < FixedBytes || !file.StartsWith(Magic))
        {
            throw new InvalidDataException("expected a block of soft targets, found something else");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(file[8..]);
        if (version != Version)
        {
            throw new InvalidDataException($"expected format version {Version}, found {version}");
        }

        var keyBytes = BinaryPrimitives.ReadInt32LittleEndian(file[12..]);
        if (keyBytes < 0 || keyBytes > file.Length - FixedBytes)
        {
            throw new InvalidDataException($"expected a key, found {file.Length - FixedBytes} of {keyBytes} bytes of one");
        }

        return new BlockHeader(
            Encoding.UTF8.GetString(file.Slice(FixedBytes, keyBytes)),
            BinaryPrimitives.ReadInt32LittleEndian(file[16..]),
            TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(file[24..])),
            BinaryPrimitives.ReadInt32LittleEndian(file[20..]));
    }

    private static int AlignedLength(int keyBytes) => (FixedBytes + keyBytes + Alignment - 1) / Alignment * Alignment;
}
