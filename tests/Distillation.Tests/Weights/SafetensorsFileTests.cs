using System.Buffers.Binary;
using System.Text;
using Stillhouse.Distillation.Weights;

namespace Stillhouse.Distillation.Tests.Weights;

public class SafetensorsFileTests
{
    private const string One = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    [Fact]
    public void Encode_AnyOrder_YieldsTheSameSortedAlignedBytes()
    {
        var b = new StoredTensor([], new byte[] { 9, 9, 9, 9 });
        var a = new StoredTensor([1, 2], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
        var bytes = SafetensorsFile.Encode(new Dictionary<string, StoredTensor> { ["b"] = b, ["a"] = a });

        SafetensorsFile.Encode(new Dictionary<string, StoredTensor> { ["a"] = a, ["b"] = b }).ShouldBe(bytes);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        (length % 8).ShouldBe(0);
        Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' ').ShouldBe(
            """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}""");
        bytes[(8 + length)..].ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9]);
    }

    [Fact]
    public void Parse_WhatEncodeWrote_FindsTheSameTensors()
    {
        var tensor = new StoredTensor([1, 2], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
        var file = SafetensorsFile.Parse(SafetensorsFile.Encode(new Dictionary<string, StoredTensor> { ["ä\""] = tensor }), "x");
        file.Tensors.Keys.ShouldBe(["ä\""]);
        file.Tensors["ä\""].Shape.ShouldBe([1, 2]);
        file.Tensors["ä\""].Data.ToArray().ShouldBe(tensor.Data.ToArray());
    }

    [Theory]
    [InlineData("not json", 0, "header: expected a JSON object")]
    [InlineData("[]", 0, "header: expected a JSON object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "header: expected a JSON object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "header: expected a JSON object")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "a: expected F32 (convert the file to 32-bit floats), found F16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "a: expected 12 bytes for [3], found 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "a: expected two data_offsets, found 1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "a: expected data from byte 0 on, found bytes 8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "a: expected data from byte 0 on, found bytes 4 to 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "b: expected data from byte 8 on, found bytes 4 to 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "header: expected a JSON object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967295,4294967295,4294967295],"data_offsets":[0,8]}}""", 8, "a: expected 316")]
    [InlineData(One, 4, "data: expected 8 bytes, found 4 bytes")]
    [InlineData(One, 12, "data: expected 8 bytes, found 12 bytes")]
    public void Parse_DamagedFile_SaysWhatWasExpectedAndFound(string header, int dataLength, string finding)
    {
        var refused = Should.Throw<WeightsRefusedException>(() => SafetensorsFile.Parse(File(header, dataLength), "x.safetensors"));
        refused.Message.ShouldStartWith($"x.safetensors: {finding}");
    }

    [Fact]
    public void Parse_EveryTruncation_IsRefused()
    {
        var whole = File(One, 8);
        for (var length = 0; length < whole.Length; length++)
        {
            Should.Throw<WeightsRefusedException>(() => SafetensorsFile.Parse(whole.AsMemory(0, length), "x"));
        }
    }

    private static byte[] File(string header, int dataLength)
    {
        var bytes = new byte[8 + Encoding.UTF8.GetByteCount(header) + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(bytes.Length - 8 - dataLength));
        Encoding.UTF8.GetBytes(header, bytes.AsSpan(8));
        return bytes;
    }
}
