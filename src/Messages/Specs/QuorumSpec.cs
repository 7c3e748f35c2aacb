using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Messages.Specs;

/// <summary>
/// Goes on without late teachers. What a student learns then depends on who was late, so the same spec no longer gives the
/// same student; the report says so, batch by batch.
/// </summary>
public sealed record QuorumSpec
{
    [Description("teachers that must have answered before a batch may go on without the others")]
    [Range(1, 10_000)]
    public required int Teachers { get; init; }

    [Description("seconds that the others are waited for")]
    [Range(0.0, 3_600.0)]
    public double Deadline { get; init; } = 1.0;
}
