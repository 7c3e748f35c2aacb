using Stillhouse.Messages.Identity;
using Stillhouse.Transport.Codecs;

namespace Stillhouse.Transport.Channels;

/// <summary>What both ends of a line agree on before the first lesson.</summary>
/// <param name="TeacherName">The teacher's name in the spec, for messages to people.</param>
/// <param name="Teacher">The artifact that answers.</param>
/// <param name="Dataset">What sample ids refer to.</param>
/// <param name="Codec">How targets are encoded.</param>
/// <param name="ShipsInputs">Whether lessons carry their samples.</param>
public sealed record LineAgreement(string TeacherName, Digest Teacher, Digest Dataset, TargetCodec Codec, bool ShipsInputs);
